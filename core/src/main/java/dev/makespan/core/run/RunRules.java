package dev.makespan.core.run;

import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.run.RunEvent.TaskChanged;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskRules;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.TaskTerms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What may happen in a run, and what follows from one task for the others. */
public final class RunRules {

  private final RunLimits limits;

  /**
   * Limits that the run's operator sets, not its plan.
   *
   * @param infra lost attempts of a task before it fails
   * @param yields returns of a task before it fails
   */
  public record RunLimits(int infra, int yields) {}

  public RunRules(RunLimits limits) {
    this.limits = limits;
  }

  /**
   * Decides without changing {@code run}.
   *
   * @param chance from 0 to 1, for the jitter of a pause
   */
  public RunDecision decide(Run run, RunCommand command, double chance) {
    return switch (command) {
      case RunCommand.Start _ -> start(run);
      case RunCommand.Cancel c -> cancel(run, c.reason());
      case RunCommand.OnTask c -> onTask(run, c, chance);
    };
  }

  private static RunDecision start(Run run) {
    if (run.position() != 0) {
      return new RunDecision.Accepted(List.of());
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new RunEvent.RunStarted(run.spec().weight()));
    for (int i = 0; i < run.size(); i++) {
      if (run.openNeeds(i) == 0) {
        changes.add(changed(run, i, new TaskEvent.Ready()));
      }
    }
    return new RunDecision.Accepted(changes);
  }

  private static RunDecision cancel(Run run, String reason) {
    switch (run.state()) {
      case CANCELLING -> {
        return new RunDecision.Accepted(List.of());
      }
      case DONE, FAILED, CANCELLED -> {
        return new RunDecision.Refused(
            TaskDecision.Refusal.INVALID, "run " + run.spec().id() + " has ended: " + run.state());
      }
      case RUNNING -> {}
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new RunEvent.RunCancelRequested(reason));
    int ended = 0;
    for (int i = 0; i < run.size(); i++) {
      TaskState state = run.life(i).state();
      long live = state.liveFence();
      boolean toldToStop = state instanceof TaskState.Leased || state instanceof TaskState.Running;
      if (toldToStop) {
        changes.add(changed(run, i, new TaskEvent.CancelRequested(live)));
      } else if (!state.isFinal() && !(state instanceof TaskState.Cancelling)) {
        changes.add(changed(run, i, new TaskEvent.Cancelled(reason)));
        ended++;
      }
    }
    if (run.unfinished() == ended) {
      changes.add(new RunEvent.RunFinished(RunState.CANCELLED, reason));
    }
    return new RunDecision.Accepted(changes);
  }

  private RunDecision onTask(Run run, RunCommand.OnTask command, double chance) {
    if (!run.contains(command.task())) {
      return new RunDecision.Refused(
          TaskDecision.Refusal.INVALID,
          "run " + run.spec().id() + " has no task " + command.task());
    }
    int task = run.indexOf(command.task());
    boolean tooLate =
        run.state() != RunState.RUNNING
            && (command.command() instanceof TaskCommand.Lease
                || command.command() instanceof TaskCommand.EndBackoff);
    if (tooLate) {
      return new RunDecision.Refused(
          TaskDecision.Refusal.INVALID, "nothing starts in a run that is " + run.state());
    }
    TaskTerms terms = terms(run, run.task(task));
    return switch (TaskRules.decide(run.life(task), command.command(), terms, chance)) {
      case TaskDecision.Refused r -> new RunDecision.Refused(r.refusal(), r.message());
      case TaskDecision.Accepted a ->
          new RunDecision.Accepted(withConsequences(run, task, a.events()));
    };
  }

  private TaskTerms terms(Run run, Task task) {
    return new TaskTerms(
        task.execution().retry().limit(),
        limits.infra(),
        limits.yields(),
        run.spec().realTime(task.execution().retry().backoff()),
        task.completion().gates(),
        task.milestones().stream().map(m -> m.id()).toList(),
        run.spec().simulated());
  }

  private static List<Change> withConsequences(Run run, int task, List<TaskEvent> events) {
    List<Change> changes = new ArrayList<>();
    for (TaskEvent event : events) {
      changes.add(changed(run, task, event));
    }
    if (!events.isEmpty()) {
      follow(run, task, events.getLast(), changes);
    }
    return changes;
  }

  private static void follow(Run run, int task, TaskEvent event, List<Change> changes) {
    switch (event) {
      case TaskEvent.Done _ -> {
        openSuccessors(run, task, event, changes);
        finishIfLast(run, 1, "", changes);
      }
      case TaskEvent.MilestoneReached _ -> openSuccessors(run, task, event, changes);
      case TaskEvent.Failed e -> {
        String why = "task " + run.task(task).id() + " failed: " + e.message();
        finishIfLast(run, 1 + skipDependents(run, task, changes), why, changes);
      }
      case TaskEvent.Cancelled e -> {
        String why = "task " + run.task(task).id() + " was cancelled: " + e.reason();
        finishIfLast(run, 1 + skipDependents(run, task, changes), why, changes);
      }
      case TaskEvent.Ready _,
          TaskEvent.Leased _,
          TaskEvent.Returned _,
          TaskEvent.Started _,
          TaskEvent.Reported _,
          TaskEvent.AttemptFailed _,
          TaskEvent.Held _,
          TaskEvent.CancelRequested _,
          TaskEvent.Skipped _ -> {}
    }
  }

  /** Tasks whose last open need {@code event} meets become ready. */
  private static void openSuccessors(Run run, int task, TaskEvent event, List<Change> changes) {
    if (run.state() != RunState.RUNNING) {
      return;
    }
    Met met = new Met(run);
    for (RunGraph.Edge edge : run.graph().edges(task)) {
      if (Run.meets(event, edge) && !run.isMet(task, edge)) {
        met.add(edge.successor());
      }
    }
    int phase = run.graph().phaseOf(task);
    boolean opensBarrier =
        event instanceof TaskEvent.Done
            && phase != RunGraph.NO_PHASE
            && run.graph().isBarrier(phase)
            && run.openInPhase(phase) == 1;
    if (opensBarrier) {
      for (int later = phase + 1; later < run.graph().phases(); later++) {
        run.graph().members(later).forEach(met::add);
      }
    }
    met.complete().forEach(i -> changes.add(changed(run, i, new TaskEvent.Ready())));
  }

  /** Skips all that can't be done without {@code task}; answers how many. */
  private static int skipDependents(Run run, int task, List<Change> changes) {
    boolean[] seen = new boolean[run.size()];
    seen[task] = true;
    Deque<Integer> open = new ArrayDeque<>();
    open.add(task);
    int skipped = 0;
    while (!open.isEmpty()) {
      int lost = open.remove();
      for (int dependent : dependents(run, lost)) {
        if (!seen[dependent] && run.life(dependent).state() instanceof TaskState.Waiting) {
          seen[dependent] = true;
          open.add(dependent);
          skipped++;
          String why = "it needs " + run.task(lost).id();
          changes.add(changed(run, dependent, new TaskEvent.Skipped(why)));
        }
      }
    }
    return skipped;
  }

  private static List<Integer> dependents(Run run, int task) {
    List<Integer> dependents = new ArrayList<>();
    for (RunGraph.Edge edge : run.graph().edges(task)) {
      if (!run.isMet(task, edge)) {
        dependents.add(edge.successor());
      }
    }
    int phase = run.graph().phaseOf(task);
    if (phase != RunGraph.NO_PHASE && run.graph().isBarrier(phase)) {
      for (int later = phase + 1; later < run.graph().phases(); later++) {
        dependents.addAll(run.graph().members(later));
      }
    }
    return dependents;
  }

  /**
   * Ends the run when {@code ending} tasks are the last ones.
   *
   * @param failure what ended last without success; empty: it was done
   */
  private static void finishIfLast(Run run, int ending, String failure, List<Change> changes) {
    if (run.unfinished() != ending) {
      return;
    }
    if (run.state() == RunState.CANCELLING) {
      changes.add(new RunEvent.RunFinished(RunState.CANCELLED, run.reason()));
      return;
    }
    String reason = failure.isEmpty() ? earlierFailure(run) : failure;
    RunState end = reason.isEmpty() ? RunState.DONE : RunState.FAILED;
    changes.add(new RunEvent.RunFinished(end, reason));
  }

  private static String earlierFailure(Run run) {
    for (int i = 0; i < run.size(); i++) {
      TaskId id = run.task(i).id();
      TaskState state = run.life(i).state();
      if (state instanceof TaskState.Failed failed) {
        return "task " + id + " failed: " + failed.reason();
      }
      if (state instanceof TaskState.Cancelled cancelled) {
        return "task " + id + " was cancelled: " + cancelled.reason();
      }
    }
    return "";
  }

  private static Change changed(Run run, int task, TaskEvent event) {
    return new TaskChanged(run.task(task).id(), event);
  }
}
