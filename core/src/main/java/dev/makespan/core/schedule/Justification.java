package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import org.jspecify.annotations.Nullable;

/**
 * Shifts a schedule right and left again (Valls, Ballestín and Quintanilla 2005). Never longer than
 * before; two schedules.
 */
final class Justification {

  private final Project forward;

  /** Made when it is first needed: large projects are never justified. */
  private @Nullable Project backward;

  Justification(Project project) {
    this.forward = project;
  }

  long[] improve(long[] starts) {
    if (backward == null) {
      backward = forward.reversed();
    }
    return pass(forward, pass(backward, starts));
  }

  /** Serial generation with the last to finish, on the other axis of time, first. */
  private static long[] pass(Project project, long[] starts) {
    TaskGraph graph = project.graph();
    long[] keys = new long[starts.length];
    for (int v = 0; v < keys.length; v++) {
      keys[v] = -(starts[v] + graph.duration(v));
    }
    return SerialGeneration.starts(project, Ranks.of(keys));
  }
}
