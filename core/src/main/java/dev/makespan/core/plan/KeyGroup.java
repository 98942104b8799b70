package dev.makespan.core.plan;

/** Keys that are mostly not said, any of them; asked for at once. */
@SuppressWarnings("EnumOrdinal") // as an EnumMap does it, without its boxes: all tasks are asked
final class KeyGroup {

  /** By the shapes' ordinals a bit for the place of each of the keys that it has. */
  private final long[] bits = new long[PlanShape.values().length];

  KeyGroup(String... keys) {
    for (PlanShape shape : PlanShape.values()) {
      for (String key : keys) {
        int place = shape.place(key);
        bits[shape.ordinal()] |= place < 0 ? 0 : 1L << place;
      }
    }
  }

  /** {@code said}: the bits of the places of the keys that are said. */
  boolean isSaid(PlanShape shape, long said) {
    return (bits[shape.ordinal()] & said) != 0;
  }
}
