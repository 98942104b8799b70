package dev.makespan.core.plan;

import java.util.EnumMap;
import java.util.Map;

/** Keys that are mostly not said, any of them; asked for at once. */
final class KeyGroup {

  /** Per shape a bit for the place of each of the keys that it has. */
  private final Map<PlanShape, Long> bits = new EnumMap<>(PlanShape.class);

  KeyGroup(String... keys) {
    for (PlanShape shape : PlanShape.values()) {
      long own = 0;
      for (String key : keys) {
        int place = shape.place(key);
        own |= place < 0 ? 0 : 1L << place;
      }
      bits.put(shape, own);
    }
  }

  /** {@code said}: the bits of the places of the keys that are said. */
  boolean isSaid(PlanShape shape, long said) {
    return (bits.getOrDefault(shape, 0L) & said) != 0;
  }
}
