package dev.makespan.core.schedule;

import java.util.Arrays;

/**
 * The work of a resource over its slots, for every set of tasks that start late enough and leave
 * enough behind them (heads and tails, Carlier and Pinson). O(n²) per resource.
 */
final class EnergyBound {

  private final Project project;
  private final int[][] users;
  private final long[][] work;

  EnergyBound(Project project) {
    this.project = project;
    int count = project.resources().size();
    int[] sizes = new int[count];
    for (int slot = 0; slot < project.demandsEnd(project.size() - 1); slot++) {
      sizes[project.demandResource(slot)]++;
    }
    users = new int[count][];
    work = new long[count][];
    for (int r = 0; r < count; r++) {
      users[r] = new int[sizes[r]];
      work[r] = new long[sizes[r]];
    }
    for (int v = project.size() - 1; v >= 0; v--) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        int r = project.demandResource(slot);
        users[r][--sizes[r]] = v;
        work[r][sizes[r]] =
            Math.multiplyExact(project.graph().duration(v), project.demandUnits(slot));
      }
    }
  }

  /** The bound that resource {@code r} gives with these heads and tails. */
  long of(int r, long[] heads, long[] tails) {
    int capacity = project.resources().get(r).capacity();
    int[] byRest = byRest(r, tails);
    long best = 0;
    long[] begins = Arrays.stream(users[r]).mapToLong(v -> heads[v]).sorted().distinct().toArray();
    for (long begin : begins) {
      long sum = 0;
      for (int k : byRest) {
        int v = users[r][k];
        if (heads[v] >= begin) {
          sum += work[r][k];
          long rest = tails[v] - project.graph().duration(v);
          best = Math.max(best, begin + Math.ceilDiv(sum, capacity) + rest);
        }
      }
    }
    return best;
  }

  /** Indexes into the users, what leaves most behind first. */
  private int[] byRest(int r, long[] tails) {
    long[] keys = new long[users[r].length];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = project.graph().duration(users[r][k]) - tails[users[r][k]];
    }
    return Ranks.inverse(Ranks.of(keys));
  }
}
