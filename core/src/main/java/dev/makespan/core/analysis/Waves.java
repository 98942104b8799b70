package dev.makespan.core.analysis;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that could run side by side if agents and files were no matter. For display: nothing waits
 * for a wave.
 */
public final class Waves {

  private Waves() {}

  /** Task indexes by level, each level in the plan's order. */
  public static List<List<Integer>> of(TaskGraph graph) {
    int[] levels = graph.levels();
    List<List<Integer>> waves = new ArrayList<>();
    for (int v = 0; v < graph.tasks(); v++) {
      while (waves.size() <= levels[v]) {
        waves.add(new ArrayList<>());
      }
      waves.get(levels[v]).add(v);
    }
    return waves;
  }
}
