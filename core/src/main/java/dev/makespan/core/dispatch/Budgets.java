package dev.makespan.core.dispatch;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Exhausted;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunDecision;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskState;
import java.util.Map;
import java.util.Set;

/**
 * Holds what has happened against budgets: a run over its own pauses, while what is live in it goes
 * on; a task over its own is held, and its agent stops.
 */
final class Budgets {

  private Budgets() {}

  static void settle(Books books, Stepping step) {
    Map<RunId, Set<TaskId>> next = step.takeMeasured();
    while (!next.isEmpty()) {
      next.forEach((run, tasks) -> {
        LiveRun live = books.findRun(run);
        if (live != null) {
          tasks.forEach(task -> hold(books, live, task, step));
          step.decide(live, new RunCommand.PauseOverBudget(step.now()));
        }
      });
      next = step.takeMeasured();
    }
  }

  private static void hold(Books books, LiveRun live, TaskId id, Stepping step) {
    Run run = live.run();
    if (!run.contains(id) || run.isIntegration(run.indexOf(id))) {
      return;
    }
    int task = run.indexOf(id);
    TaskState state = run.life(task).state();
    Exhausted exhausted = isStoppable(state) ? run.findExhausted(task, step.now()) : null;
    if (exhausted == null) {
      return;
    }
    long fence = state.liveFence();
    TaskCommand hold = new TaskCommand.HoldOverBudget(fence, exhausted.reason());
    RunDecision decision = step.decide(live, new RunCommand.OnTask(id, hold));
    if (fence != 0 && decision instanceof RunDecision.Accepted) {
      step.tellHolder(live, task, new GatewaySays.LeaseLost(books.refOf(live, task, fence)));
    }
  }

  /** Whether it would use more: what is reported has used what it uses. */
  private static boolean isStoppable(TaskState state) {
    return switch (state) {
      case TaskState.Leased _, TaskState.Running _, TaskState.Backoff _ -> true;
      case TaskState.Held held -> held.keptFence() != 0;
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Cancelling _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          false;
    };
  }
}
