package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;

/**
 * Places one task after another, each as early as its needs and resources let it (Kelley 1963).
 * Exact for any unit of time; for plans up to a few thousand tasks.
 */
final class SerialGeneration {

  private SerialGeneration() {}

  /** {@code rank}: which of the tasks whose predecessors are placed goes first. */
  static long[] starts(Project project, int[] rank) {
    TaskGraph graph = project.graph();
    int[] byRank = Ranks.inverse(rank);
    Profile[] profiles = profiles(project);
    long[] starts = new long[graph.size()];
    int[] waiting = new int[graph.size()];
    IntHeap ready = new IntHeap();
    for (int v = 0; v < graph.size(); v++) {
      waiting[v] = graph.predecessorsEnd(v) - graph.predecessorsBegin(v);
      if (waiting[v] == 0) {
        ready.push(rank[v]);
      }
    }
    while (!ready.isEmpty()) {
      int v = byRank[ready.pop()];
      starts[v] = place(project, profiles, v, starts[v]);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot);
        starts[w] = Math.max(starts[w], starts[v] + graph.successorLag(slot));
        if (--waiting[w] == 0) {
          ready.push(rank[w]);
        }
      }
    }
    return starts;
  }

  private static Profile[] profiles(Project project) {
    Profile[] profiles = new Profile[project.resources().size()];
    for (int r = 0; r < profiles.length; r++) {
      profiles[r] = new Profile(project.resources().get(r).capacity());
    }
    return profiles;
  }

  private static long place(Project project, Profile[] profiles, int v, long earliest) {
    long duration = project.graph().duration(v);
    int begin = project.demandsBegin(v);
    int end = project.demandsEnd(v);
    long start = earliest;
    int agreed = 0;
    for (int slot = begin; agreed < end - begin; slot = slot + 1 == end ? begin : slot + 1) {
      Profile profile = profiles[project.demandResource(slot)];
      long fit = profile.earliestFit(start, duration, project.demandUnits(slot));
      agreed = fit == start ? agreed + 1 : 1;
      start = fit;
    }
    for (int slot = begin; slot < end; slot++) {
      profiles[project.demandResource(slot)].occupy(
          start, start + duration, project.demandUnits(slot));
    }
    return start;
  }
}
