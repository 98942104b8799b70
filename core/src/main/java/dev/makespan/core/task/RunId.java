package dev.makespan.core.task;

/** The number of a run, given by the journal; greater than 0. */
public record RunId(long value) implements Comparable<RunId> {

  public RunId {
    if (value <= 0) {
      throw new IllegalArgumentException("run: expected a number above 0, was " + value);
    }
  }

  @Override
  public int compareTo(RunId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
