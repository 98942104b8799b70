package dev.makespan.scheduler;

import java.util.List;

/**
 * A plan in the bytes in which it came, which the journal keeps: to write it anew would take the
 * time and the memory of reading it.
 */
public final class EncodedPlan {

  private final List<byte[]> parts;

  /** {@code parts} one after the other, not to be changed any more. */
  public EncodedPlan(List<byte[]> parts) {
    this.parts = List.copyOf(parts);
  }

  /** In their order; not to be changed. */
  public List<byte[]> parts() {
    return parts;
  }

  /** How many bytes it has. */
  public int size() {
    return parts.stream().mapToInt(part -> part.length).sum();
  }
}
