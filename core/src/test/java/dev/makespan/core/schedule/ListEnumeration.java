package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import java.util.Arrays;

/**
 * Places tasks one after another, each as early as it can be but none before the one placed last:
 * one of these orders gives the shortest schedule. Cut off by needs alone.
 */
final class ListEnumeration {

  private final Project project;
  private final TaskGraph graph;
  private final long[] starts;
  private final boolean[] placed;
  private final long[] tails;
  private long best = Long.MAX_VALUE;

  private ListEnumeration(Project project) {
    this.project = project;
    this.graph = project.graph();
    this.starts = new long[graph.size()];
    this.placed = new boolean[graph.size()];
    this.tails = new long[graph.size()];
    for (int i = graph.size() - 1; i >= 0; i--) {
      int v = graph.inOrder(i);
      tails[v] = graph.duration(v);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        tails[v] = Math.max(tails[v], graph.successorLag(slot) + tails[graph.successor(slot)]);
      }
    }
  }

  static long makespan(Project project) {
    ListEnumeration all = new ListEnumeration(project);
    all.place(0, 0, 0);
    return all.best;
  }

  private void place(int depth, long from, long makespan) {
    if (depth == starts.length) {
      best = Math.min(best, makespan);
      return;
    }
    for (int v = 0; v < starts.length; v++) {
      long start = placed[v] ? -1 : earliest(v, from);
      if (start >= 0 && Math.max(makespan, start + tails[v]) < best && !leavesNoTime(v, start)) {
        placed[v] = true;
        starts[v] = start;
        place(depth + 1, start, Math.max(makespan, start + graph.duration(v)));
        placed[v] = false;
      }
    }
  }

  /** Tasks that are not placed start no earlier than this one. */
  private boolean leavesNoTime(int v, long start) {
    for (int w = 0; w < starts.length; w++) {
      if (w != v && !placed[w] && start + tails[w] >= best) {
        return true;
      }
    }
    return false;
  }

  /** The first moment at which {@code v} may start; -1: what it needs is not placed. */
  private long earliest(int v, long from) {
    long ready = from;
    for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
      int u = graph.predecessor(slot);
      if (!placed[u]) {
        return -1;
      }
      ready = Math.max(ready, starts[u] + graph.predecessorLag(slot));
    }
    long start = ready;
    while (!fits(v, start)) {
      start++;
    }
    return start;
  }

  private boolean fits(int v, long start) {
    long[] used = new long[project.resources().size()];
    for (long t = start; t < start + graph.duration(v); t++) {
      Arrays.fill(used, 0);
      for (int u = 0; u < starts.length; u++) {
        if (u == v || (placed[u] && starts[u] <= t && t < starts[u] + graph.duration(u))) {
          hold(u, used);
        }
      }
      for (int r = 0; r < used.length; r++) {
        if (used[r] > project.resources().get(r).capacity()) {
          return false;
        }
      }
    }
    return true;
  }

  private void hold(int u, long[] used) {
    for (int slot = project.demandsBegin(u); slot < project.demandsEnd(u); slot++) {
      used[project.demandResource(slot)] += project.demandUnits(slot);
    }
  }
}
