package dev.makespan.core.schedule;

import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.util.List;

/** How far a task of a live run is; durations in plan time. */
public sealed interface TaskStanding {

  /** It is done, and its last attempt took so long. */
  record Done(Duration took) implements TaskStanding {}

  /** It failed, was cancelled or left out: nothing more comes of it. */
  record Gone() implements TaskStanding {}

  /**
   * An agent works on it.
   *
   * @param spent since it started
   * @param reached its milestones so far
   */
  record Live(Duration spent, List<MilestoneId> reached) implements TaskStanding {
    public Live {
      reached = List.copyOf(reached);
    }
  }

  /**
   * It is yet to start, or to start again.
   *
   * @param reached by an attempt before
   */
  record Open(List<MilestoneId> reached) implements TaskStanding {
    public Open {
      reached = List.copyOf(reached);
    }
  }
}
