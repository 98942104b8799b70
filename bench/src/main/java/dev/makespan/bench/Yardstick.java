package dev.makespan.bench;

import dev.makespan.core.schedule.Project;
import java.time.Duration;
import java.util.List;

/**
 * Another solver that the planner's own is held against, at equal time. It is found as a service,
 * so that nothing but its own module knows its library.
 */
public interface Yardstick {

  /** As {@code --yardstick} names it. */
  String name();

  /** The best that one thread finds within {@code limit}. */
  Found solve(Project project, Duration limit, long seed);

  /**
   * What it found.
   *
   * @param starts of each task and barrier; empty: no schedule
   * @param isProven whether it says that nothing is shorter
   */
  record Found(List<Long> starts, boolean isProven) {
    public Found {
      starts = List.copyOf(starts);
    }

    /** 0 without a schedule. */
    public long makespan(Project project) {
      long makespan = 0;
      for (int v = 0; v < starts.size(); v++) {
        makespan = Math.max(makespan, starts.get(v) + project.graph().duration(v));
      }
      return makespan;
    }
  }
}
