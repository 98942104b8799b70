package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One task of the schedule; times count from the start of the run.
 *
 * @param slack how far it may slip without moving the finish, by needs alone
 * @param slot the role and the number of its agent, from 1: {@code backend-1}
 */
public record PlannedTask(
    TaskId task, Duration start, Duration finish, Duration slack, boolean critical, String slot) {

  /** All tasks of a schedule, by start, then in the plan's order. */
  public static List<PlannedTask> of(Plan plan, CriticalPath path, Schedule schedule) {
    int[] byStart = Slots.byStart(schedule, plan.tasks().size());
    int[] slots = Slots.assign(plan, schedule, byStart);
    List<PlannedTask> planned = new ArrayList<>();
    for (int i : byStart) {
      Duration start = Duration.ofMillis(schedule.start(i));
      planned.add(
          new PlannedTask(
              plan.tasks().get(i).id(),
              start,
              start.plus(plan.tasks().get(i).duration()),
              Duration.ofMillis(path.totalSlack(i)),
              path.isCritical(i),
              plan.tasks().get(i).role() + "-" + slots[i]));
    }
    return planned;
  }
}
