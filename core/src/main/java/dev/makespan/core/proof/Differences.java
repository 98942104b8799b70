package dev.makespan.core.proof;

import java.util.List;

/**
 * Constraints {@code y >= x + lag}, some of which hold only under a guard: a literal of a variable
 * of 0 or 1. Each stands here twice, once for the lower bounds and once for the upper ones.
 */
final class Differences {

  private final Bounds bounds;
  private final int[] from;
  private final int[] to;
  private final int[] lag;
  private final int[] guard;
  private final int[] guardAt;
  private final int[] fromStart;
  private final int[] byFrom;
  private final int[] guardStart;
  private final int[] byGuard;

  /** {@code edges}: x, y, lag, the guard's bound or -1, what that bound must be. */
  Differences(Bounds bounds, List<int[]> edges) {
    this.bounds = bounds;
    int count = 2 * edges.size();
    from = new int[count];
    to = new int[count];
    lag = new int[count];
    guard = new int[count];
    guardAt = new int[count];
    for (int e = 0; e < count; e++) {
      int[] edge = edges.get(e >> 1);
      boolean upper = (e & 1) == 1;
      from[e] = upper ? 2 * edge[1] + 1 : 2 * edge[0];
      to[e] = upper ? 2 * edge[0] + 1 : 2 * edge[1];
      lag[e] = edge[2];
      guard[e] = edge[3];
      guardAt[e] = edge[4];
    }
    fromStart = starts(from, bounds.value.length);
    byFrom = sorted(from, fromStart);
    guardStart = starts(guard, bounds.value.length);
    byGuard = sorted(guard, guardStart);
  }

  private static int[] starts(int[] keys, int range) {
    int[] start = new int[range + 1];
    for (int key : keys) {
      if (key >= 0) {
        start[key + 1]++;
      }
    }
    for (int i = 0; i < range; i++) {
      start[i + 1] += start[i];
    }
    return start;
  }

  private static int[] sorted(int[] keys, int[] start) {
    int[] next = start.clone();
    int[] sorted = new int[start[start.length - 1]];
    for (int e = 0; e < keys.length; e++) {
      if (keys[e] >= 0) {
        sorted[next[keys[e]]++] = e;
      }
    }
    return sorted;
  }

  /** Looks at all constraints; false: a bound stands against its opposite. */
  boolean propagateAll(Explanations said) {
    for (int b = 0; b < bounds.value.length; b++) {
      if (!propagate(b, said)) {
        return false;
      }
    }
    return true;
  }

  /** Follows a raise of bound {@code b}; false: a bound stands against its opposite. */
  boolean propagate(int b, Explanations said) {
    for (int i = fromStart[b]; i < fromStart[b + 1]; i++) {
      if (!follow(byFrom[i], said)) {
        return false;
      }
    }
    for (int i = guardStart[b]; i < guardStart[b + 1]; i++) {
      if (!follow(byGuard[i], said)) {
        return false;
      }
    }
    return true;
  }

  private boolean follow(int e, Explanations said) {
    int reached = bounds.value[from[e]] + lag[e];
    int g = guard[e];
    if (g < 0 || bounds.value[g] >= guardAt[e]) {
      return bounds.value[to[e]] >= reached || bounds.raise(to[e], reached, Reasons.difference(e));
    }
    int opposite = bounds.value[to[e] ^ 1];
    if (reached + opposite <= 0 || bounds.isFalse(g, guardAt[e])) {
      return true;
    }
    int place = said.begin();
    said.add(from[e], 1 - lag[e] - opposite);
    said.add(to[e] ^ 1, opposite);
    return bounds.raise(g ^ 1, 1 - guardAt[e], said.end(place));
  }

  /** Why constraint {@code e} raised its bound to {@code k}. */
  void explain(int e, int k, Literals into) {
    into.add(from[e], k - lag[e]);
    if (guard[e] >= 0) {
      into.add(guard[e], guardAt[e]);
    }
  }
}
