package dev.makespan.core.graph;

import java.util.Arrays;

/** A growing list of edges. */
final class Edges {

  private int[] from = new int[16];
  private int[] to = new int[16];
  private long[] lags = new long[16];
  private int count;

  void add(int source, int target, long lag) {
    if (count == from.length) {
      from = Arrays.copyOf(from, count * 2);
      to = Arrays.copyOf(to, count * 2);
      lags = Arrays.copyOf(lags, count * 2);
    }
    from[count] = source;
    to[count] = target;
    lags[count++] = lag;
  }

  int[] from() {
    return Arrays.copyOf(from, count);
  }

  int[] to() {
    return Arrays.copyOf(to, count);
  }

  long[] lags() {
    return Arrays.copyOf(lags, count);
  }
}
