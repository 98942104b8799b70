package dev.makespan.core.schedule;

import java.util.Arrays;

/** Positions of tasks when sorted by a key; the smallest key is first, ties go by index. */
final class Ranks {

  private Ranks() {}

  /** {@code rank[v]}: the place of {@code v}. */
  static int[] of(long[] keys) {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    int[] taken = new int[keys.length];
    int[] rank = new int[keys.length];
    for (int v = 0; v < keys.length; v++) {
      int first = firstOf(sorted, keys[v]);
      rank[v] = first + taken[first]++;
    }
    return rank;
  }

  private static int firstOf(long[] sorted, long key) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The tasks in the order of their ranks. */
  static int[] inverse(int[] rank) {
    int[] order = new int[rank.length];
    for (int v = 0; v < rank.length; v++) {
      order[rank[v]] = v;
    }
    return order;
  }
}
