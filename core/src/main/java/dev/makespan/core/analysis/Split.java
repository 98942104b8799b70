package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;

/**
 * Tasks that are better cut into their steps. Probable, not certain: it rests on the files that the
 * steps say they read and write.
 *
 * @param gain how much shorter the schedule becomes when all of them are cut
 * @param plan the plan with the steps as tasks
 */
public record Split(List<TaskId> tasks, Duration gain, Plan plan) {

  public Split {
    tasks = List.copyOf(tasks);
  }
}
