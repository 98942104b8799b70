package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;

/** Tries every start of every task: the truth for projects of a few short tasks. */
final class BruteForce {

  private final Project project;
  private final TaskGraph graph;
  private final int[][] used;
  private final long[] starts;
  private long best;

  private BruteForce(Project project) {
    this.project = project;
    this.graph = project.graph();
    for (int v = 0; v < graph.size(); v++) {
      best += graph.duration(v);
    }
    this.used = new int[project.resources().size()][(int) best + 1];
    this.starts = new long[graph.size()];
    best++;
  }

  static long makespan(Project project) {
    BruteForce force = new BruteForce(project);
    force.place(0, 0);
    return force.best;
  }

  private void place(int depth, long makespan) {
    if (makespan >= best) {
      return;
    }
    if (depth == graph.size()) {
      best = makespan;
      return;
    }
    int v = graph.inOrder(depth);
    for (long t = earliest(v); t + graph.duration(v) < best; t++) {
      if (occupy(v, t, 1)) {
        starts[v] = t;
        place(depth + 1, Math.max(makespan, t + graph.duration(v)));
      }
      occupy(v, t, -1);
    }
  }

  private long earliest(int v) {
    long earliest = 0;
    for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
      earliest = Math.max(earliest, starts[graph.predecessor(slot)] + graph.predecessorLag(slot));
    }
    return earliest;
  }

  /** Adds (sign 1) or takes away (-1) the use of {@code v}; whether all still fits. */
  private boolean occupy(int v, long start, int sign) {
    boolean fits = true;
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      int r = project.demandResource(slot);
      for (int t = (int) start; t < start + graph.duration(v); t++) {
        used[r][t] += sign * project.demandUnits(slot);
        fits &= used[r][t] <= project.resources().get(r).capacity();
      }
    }
    return fits;
  }
}
