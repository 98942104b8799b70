package dev.makespan.cli;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * When a run will be over, as far as a watcher can tell: what is left of the chains of needs, and
 * no less than the plan's own schedule while tasks are still to start.
 */
final class Forecast {

  private final Map<TaskId, Task> tasks = new HashMap<>();
  private final PlanAnalysis analysis;

  Forecast(Plan plan, PlanAnalysis analysis) {
    this.analysis = analysis;
    plan.tasks().forEach(task -> tasks.put(task.id(), task));
  }

  Duration finish(RunBoard board, Duration now) {
    Map<TaskId, RunBoard.Row> rows = new HashMap<>();
    board.rows().forEach(row -> rows.put(new TaskId(row.task()), row));
    Map<TaskId, Duration> starts = new HashMap<>();
    Duration last = now;
    boolean allStarted = true;
    for (PlannedTask planned : analysis.tasks()) {
      Task task = tasks.get(planned.task());
      RunBoard.Row row = rows.get(planned.task());
      if (task == null || row == null || row.state() == TaskState.TASK_STATE_DONE) {
        continue;
      }
      Duration start = start(task, row, starts, now);
      starts.put(task.id(), start);
      allStarted &= row.start() != null;
      last = later(last, start.plus(task.duration()));
    }
    return allStarted ? last : later(last, analysis.schedule());
  }

  private Duration start(Task task, RunBoard.Row row, Map<TaskId, Duration> starts, Duration now) {
    if (row.start() != null && row.finish() == null) {
      return row.start();
    }
    Duration start = now;
    for (Need need : task.needs()) {
      Duration begun = starts.get(need.task());
      Task needed = tasks.get(need.task());
      if (begun != null && needed != null) {
        Duration after =
            need.milestone() == null
                ? needed.duration()
                : needed.milestone(need.milestone()).after();
        start = later(start, begun.plus(after));
      }
    }
    return start;
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
