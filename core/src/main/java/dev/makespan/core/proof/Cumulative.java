package dev.makespan.core.proof;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Renewable resources by time-table: between its latest start and its earliest finish a task is
 * under way for certain, and nothing else may run where that leaves no room. Every raise is
 * explained by one moment and the tasks under way then (point-wise, Schutt et al. 2011). Units of
 * four resources stand in one long.
 */
final class Cumulative {

  /** Most units that a resource may have. */
  static final int MAX_UNITS = (1 << 15) - 1;

  private static final int LANES = 4;
  private static final int LANE_BITS = 16;
  private static final long LANE = 0xFFFF;
  private static final long GUARD = 0x8000_8000_8000_8000L;

  private final Bounds bounds;
  private final int[] durations;
  private final int words;
  private final long[] room;
  private final long[] demand;
  private final int[] users;
  private final int[][] usersOf;
  private final int[] byBegin;
  private final int[] byEnd;
  private final int[] ends;
  private final long[] free;
  private int segments;
  private boolean overloaded;
  private final Literals conflict;
  private final Literals reason = new Literals();

  /** {@code demands}: per resource and task its units. */
  Cumulative(Bounds bounds, int[] durations, int[] capacities, int[][] demands, Literals conflict) {
    this.bounds = bounds;
    this.durations = durations;
    this.conflict = conflict;
    this.words = (capacities.length + LANES - 1) / LANES;
    this.room = new long[words];
    this.demand = new long[words * durations.length];
    this.usersOf = new int[capacities.length][];
    Arrays.fill(room, GUARD);
    for (int r = 0; r < capacities.length; r++) {
      room[r / LANES] += (long) capacities[r] << shift(r);
      for (int v = 0; v < durations.length; v++) {
        demand[v * words + r / LANES] += (long) demands[r][v] << shift(r);
      }
      usersOf[r] = largestFirst(demands[r]);
    }
    this.users = usersOfAny();
    this.byBegin = users.clone();
    this.byEnd = users.clone();
    this.ends = new int[2 * users.length + 1];
    this.free = new long[(2 * users.length + 1) * words];
  }

  private static int shift(int r) {
    return r % LANES * LANE_BITS;
  }

  private static int[] largestFirst(int[] units) {
    return IntStream.range(0, units.length)
        .filter(v -> units[v] > 0)
        .boxed()
        .sorted((v, w) -> Integer.compare(units[w], units[v]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] usersOfAny() {
    return IntStream.range(0, durations.length)
        .filter(v -> IntStream.range(0, words).anyMatch(w -> demand[v * words + w] != 0))
        .toArray();
  }

  boolean isEmpty() {
    return users.length == 0;
  }

  private int latestStart(int v) {
    return -bounds.value[2 * v + 1];
  }

  private int earliestFinish(int v) {
    return bounds.value[2 * v] + durations[v];
  }

  private int latestFinish(int v) {
    return latestStart(v) + durations[v];
  }

  /** One pass over all tasks; false: more is under way than there is, or a bound has no room. */
  boolean propagate(Explanations said) {
    if (!sweep()) {
      return false;
    }
    for (int v : users) {
      if (bounds.value[2 * v] < latestStart(v) && !(pushLater(v, said) && pushEarlier(v, said))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the last pass failed because more is under way than there is. */
  boolean isOverloaded() {
    return overloaded;
  }

  private void order() {
    sort(byBegin, v -> latestStart(v));
    sort(byEnd, v -> earliestFinish(v));
  }

  /** Sorts by insertion: from one pass to the next little changes. */
  private static void sort(int[] tasks, IntUnaryOperator key) {
    for (int i = 1; i < tasks.length; i++) {
      int v = tasks[i];
      int k = key.applyAsInt(v);
      int hole = i;
      while (hole > 0 && key.applyAsInt(tasks[hole - 1]) > k) {
        tasks[hole] = tasks[hole - 1];
        hole--;
      }
      tasks[hole] = v;
    }
  }

  /** Builds the segments between changes of what is under way; false: too much at one moment. */
  private boolean sweep() {
    order();
    overloaded = false;
    segments = 0;
    int ended = 0;
    ends[0] = Integer.MIN_VALUE;
    long[] now = room.clone();
    for (int v : byBegin) {
      int begin = latestStart(v);
      if (begin >= earliestFinish(v)) {
        continue;
      }
      ended = endUpTo(begin, ended, now);
      closeSegment(begin, now);
      for (int w = 0; w < words; w++) {
        now[w] -= demand[v * words + w];
        if ((now[w] & GUARD) != GUARD) {
          explainOverload(begin, w * LANES + lane(now[w]));
          return false;
        }
      }
    }
    endUpTo(Integer.MAX_VALUE, ended, now);
    return true;
  }

  private int endUpTo(int time, int firstOpen, long[] now) {
    int ended = firstOpen;
    while (ended < byEnd.length && earliestFinish(byEnd[ended]) <= time) {
      int v = byEnd[ended++];
      if (latestStart(v) < earliestFinish(v)) {
        closeSegment(earliestFinish(v), now);
        for (int w = 0; w < words; w++) {
          now[w] += demand[v * words + w];
        }
      }
    }
    return ended;
  }

  /** Segment i lasts from {@code ends[i]} to {@code ends[i + 1]}. */
  private void closeSegment(int time, long[] now) {
    if (ends[segments] == time) {
      return;
    }
    System.arraycopy(now, 0, free, segments * words, words);
    ends[++segments] = time;
  }

  private static int lane(long word) {
    return Long.numberOfTrailingZeros(~word & GUARD) / LANE_BITS;
  }

  private void explainOverload(int time, int r) {
    overloaded = true;
    conflict.size = 0;
    long over = (room[r / LANES] & ~GUARD) >>> shift(r) & LANE;
    cover(time, r, -1, over, conflict);
  }

  private boolean pushLater(int v, Explanations said) {
    int own = latestStart(v);
    int ownEnd = earliestFinish(v);
    int start = bounds.value[2 * v];
    for (int i = 0; i < segments && ends[i] < start + durations[v]; i++) {
      boolean apart = ends[i + 1] <= own || ends[i] >= ownEnd;
      int r = ends[i + 1] > start && apart ? tooMuch(i, v) : -1;
      while (r >= 0 && start < ends[i + 1]) {
        int moment = Math.min(ends[i + 1], start + durations[v]) - 1;
        if (!push(2 * v, moment + 1, moment, r, v, said)) {
          return false;
        }
        start = moment + 1;
      }
    }
    return true;
  }

  private boolean pushEarlier(int v, Explanations said) {
    int own = latestStart(v);
    int ownEnd = earliestFinish(v);
    int finish = latestFinish(v);
    for (int i = segments - 1; i >= 0 && ends[i + 1] > finish - durations[v]; i--) {
      boolean apart = ends[i + 1] <= own || ends[i] >= ownEnd;
      int r = ends[i] < finish && apart ? tooMuch(i, v) : -1;
      while (r >= 0 && finish > ends[i]) {
        int moment = Math.max(ends[i], finish - durations[v]);
        if (!push(2 * v + 1, durations[v] - moment, moment, r, v, said)) {
          return false;
        }
        finish = moment;
      }
    }
    return true;
  }

  /** The resource of which segment {@code i} has too little left for {@code v}; -1: none. */
  private int tooMuch(int i, int v) {
    for (int w = 0; w < words; w++) {
      long left = free[i * words + w] - demand[v * words + w];
      if ((left & GUARD) != GUARD) {
        return w * LANES + lane(left);
      }
    }
    return -1;
  }

  private boolean push(int b, int k, int moment, int r, int v, Explanations said) {
    int place = said.begin();
    reason.size = 0;
    if ((b & 1) == 0) {
      reason.add(b, moment - durations[v] + 1);
    } else {
      reason.add(b, -moment);
    }
    long left = (room[r / LANES] & ~GUARD) >>> shift(r) & LANE;
    cover(moment, r, v, left - units(v, r), reason);
    for (int i = 0; i < reason.size; i += 2) {
      said.add(reason.items[i], reason.items[i + 1]);
    }
    return bounds.raise(b, k, said.end(place));
  }

  private long units(int v, int r) {
    return demand[v * words + r / LANES] >>> shift(r) & LANE;
  }

  /** Tasks but {@code v} that hold more than {@code limit} at a moment: from the root first. */
  private void cover(int moment, int r, int v, long limit, Literals into) {
    long sum = 0;
    int[] holders = usersOf[r];
    for (int i = 0; i < holders.length && sum <= limit; i++) {
      int u = holders[i];
      if (u != v
          && -bounds.root[2 * u + 1] <= moment
          && bounds.root[2 * u] + durations[u] > moment) {
        sum += units(u, r);
      }
    }
    for (int i = 0; i < holders.length && sum <= limit; i++) {
      int u = holders[i];
      boolean known =
          -bounds.root[2 * u + 1] <= moment && bounds.root[2 * u] + durations[u] > moment;
      if (u != v && !known && latestStart(u) <= moment && earliestFinish(u) > moment) {
        sum += units(u, r);
        into.add(2 * u, moment - durations[u] + 1);
        into.add(2 * u + 1, -moment);
      }
    }
  }
}
