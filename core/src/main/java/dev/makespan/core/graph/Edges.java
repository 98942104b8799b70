package dev.makespan.core.graph;

import java.util.Arrays;

/** A growing list of edges. */
final class Edges {

  private int[] from;
  private int[] to;
  private long[] lags;
  private int count;

  /** {@code most}: how many will come; more may. */
  Edges(int most) {
    this.from = new int[most];
    this.to = new int[most];
    this.lags = new long[most];
  }

  void add(int source, int target, long lag) {
    if (count == from.length) {
      int more = Math.max(16, count * 2);
      from = Arrays.copyOf(from, more);
      to = Arrays.copyOf(to, more);
      lags = Arrays.copyOf(lags, more);
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
