package dev.makespan.core.schedule;

/** Schedules on one axis of time. */
final class Population {

  private final int[] durations;
  private final int[][] starts;
  private final int[] makespans;

  Population(int size, int[] durations) {
    this.durations = durations;
    this.starts = new int[size][durations.length];
    this.makespans = new int[size];
  }

  int size() {
    return starts.length;
  }

  int makespan(int i) {
    return makespans[i];
  }

  /** When task {@code v} of schedule {@code i} starts with time running the other way. */
  int mirrored(int i, int v) {
    return makespans[i] - starts[i][v] - durations[v];
  }

  void set(int i, int[] source, int makespan) {
    System.arraycopy(source, 0, starts[i], 0, source.length);
    makespans[i] = makespan;
  }
}
