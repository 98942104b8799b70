package dev.makespan.core.schedule;

import java.util.Arrays;

/** Schedules on one axis of time. Grows; a place that was never set holds nothing of use. */
final class Population {

  private final int[] durations;
  private int[][] starts = new int[0][];
  private int[] makespans = new int[0];
  private long[] prints = new long[0];

  Population(int[] durations) {
    this.durations = durations;
  }

  int size() {
    return starts.length;
  }

  void grow(int size) {
    int before = starts.length;
    starts = Arrays.copyOf(starts, size);
    for (int i = before; i < size; i++) {
      starts[i] = new int[durations.length];
    }
    makespans = Arrays.copyOf(makespans, size);
    prints = Arrays.copyOf(prints, size);
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
    prints[i] = print(source);
  }

  /** Whether a schedule with these starts is here already. */
  boolean holds(int[] source) {
    long print = print(source);
    for (int i = 0; i < prints.length; i++) {
      if (prints[i] == print && Arrays.equals(starts[i], source)) {
        return true;
      }
    }
    return false;
  }

  int shortest() {
    int found = 0;
    for (int i = 1; i < makespans.length; i++) {
      found = makespans[i] < makespans[found] ? i : found;
    }
    return found;
  }

  int longest() {
    int found = 0;
    for (int i = 1; i < makespans.length; i++) {
      found = makespans[i] > makespans[found] ? i : found;
    }
    return found;
  }

  /** Puts the shortest schedule of another population on the same axis in place of the longest. */
  void takeShortestOf(Population other) {
    int from = other.shortest();
    if (!holds(other.starts[from])) {
      set(longest(), other.starts[from], other.makespans[from]);
    }
  }

  private static long print(int[] source) {
    long print = 0;
    for (int start : source) {
      print = (print ^ start) * 0x9E3779B97F4A7C15L;
      print ^= print >>> 29;
    }
    return print;
  }
}
