package dev.makespan.core.schedule;

import dev.makespan.core.plan.Priority;
import java.util.List;

/**
 * Places tasks that go before others earlier, where no schedule gets longer by it: the makespan
 * comes first, then the starts of the first class together, then those of the next.
 */
final class UrgentFirst {

  /** By their numbers in a project. */
  static final List<Priority> CLASSES = List.of(Priority.values());

  private final Project project;

  UrgentFirst(Project project) {
    this.project = project;
  }

  /**
   * Starts of the same makespan or a shorter one. Where all classes in their order would take
   * longer, the last of them go together.
   */
  long[] improve(long[] starts) {
    long before = Schedule.of(project.graph(), starts).makespan();
    for (int last = CLASSES.size() - 1; last > 0; last--) {
      long[] placed = SerialGeneration.starts(project, ranks(starts, last));
      if (Schedule.of(project.graph(), placed).makespan() <= before && isBetter(placed, starts)) {
        return placed;
      }
    }
    return starts;
  }

  /** By class, of which those from {@code last} on are one, then by start. */
  private int[] ranks(long[] starts, int last) {
    long horizon = 1;
    for (long start : starts) {
      horizon = Math.max(horizon, start + 1);
    }
    long[] keys = new long[starts.length];
    for (int v = 0; v < keys.length; v++) {
      keys[v] = Math.min(project.classOf(v), last) * horizon + starts[v];
    }
    return Ranks.of(keys);
  }

  private boolean isBetter(long[] placed, long[] starts) {
    double[] earlier = new double[CLASSES.size()];
    for (int v = 0; v < starts.length; v++) {
      earlier[project.classOf(v)] += starts[v] - placed[v];
    }
    for (double gain : earlier) {
      if (gain != 0) {
        return gain > 0;
      }
    }
    return false;
  }
}
