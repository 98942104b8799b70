package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order that a schedule gives to tasks that share a resource: each unit of it goes from task to
 * task. With these edges added, longest paths say what happens when durations turn out otherwise.
 */
final class ResourceOrder {

  private static final int NOBODY = -1;

  private ResourceOrder() {}

  /** Pairs of tasks: the second waits for the first. */
  static List<int[]> edges(Project project, Schedule schedule) {
    List<int[]> edges = new ArrayList<>();
    int[][] holders = new int[project.resources().size()][];
    for (int r = 0; r < holders.length; r++) {
      holders[r] = new int[project.resources().get(r).capacity()];
      Arrays.fill(holders[r], NOBODY);
    }
    for (int v : byStart(project, schedule)) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        take(
            project.graph(),
            schedule,
            holders[project.demandResource(slot)],
            v,
            project.demandUnits(slot),
            edges);
      }
    }
    return edges;
  }

  private static int[] byStart(Project project, Schedule schedule) {
    long[] keys = new long[project.size()];
    Arrays.setAll(keys, schedule::start);
    return Ranks.inverse(Ranks.of(keys));
  }

  private static void take(
      TaskGraph graph, Schedule schedule, int[] holders, int v, int units, List<int[]> edges) {
    int missing = units;
    int last = NOBODY;
    for (int i = 0; i < holders.length && missing > 0; i++) {
      int holder = holders[i];
      if (holder != NOBODY && schedule.start(holder) + graph.duration(holder) > schedule.start(v)) {
        continue;
      }
      if (holder != NOBODY && holder != last) {
        edges.add(new int[] {holder, v});
        last = holder;
      }
      holders[i] = v;
      missing--;
    }
  }
}
