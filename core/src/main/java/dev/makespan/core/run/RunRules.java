package dev.makespan.core.run;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskRules;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.TaskTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may happen in a run, and what follows from one task for the others. */
public final class RunRules {

  private static final RunDecision NOTHING = new RunDecision.Accepted(List.of());

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
      case RunCommand.Pause c -> pause(run, c.reason());
      case RunCommand.Resume c -> Budgeting.resume(run, c);
      case RunCommand.PauseOverBudget c -> Budgeting.pause(run, c.now());
      case RunCommand.Cancel c -> cancel(run, c.reason());
      case RunCommand.Amend c -> Amendment.decide(run, c);
      case RunCommand.ApproveCheckpoint c -> approve(run, c);
      case RunCommand.EndBatch c -> Merging.end(run, c);
      case RunCommand.SettleMerges _ -> Merging.settle(run);
      case RunCommand.HoldMerges c -> Merging.hold(run, c);
      case RunCommand.ReleaseMerges c -> Merging.release(run, c);
      case RunCommand.ReorderMerges c -> Merging.reorder(run, c);
      case RunCommand.OnTask c -> onTask(run, c, chance);
    };
  }

  private static RunDecision start(Run run) {
    if (run.position() != 0) {
      return NOTHING;
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new RunEvent.RunStarted(run.spec().weight()));
    for (int i = 0; i < run.size(); i++) {
      if (run.openNeeds(i) == 0) {
        changes.add(Consequences.changed(run, i, new TaskEvent.Ready()));
      }
    }
    return new RunDecision.Accepted(changes);
  }

  private static RunDecision pause(Run run, String reason) {
    return switch (run.state()) {
      case RUNNING -> new RunDecision.Accepted(List.of(new RunEvent.RunPaused(reason)));
      case PAUSED -> NOTHING;
      case CANCELLING, DONE, FAILED, CANCELLED -> tooLate(run);
    };
  }

  /** For whatever a run that ends or has ended does not do any more. */
  static RunDecision tooLate(Run run) {
    String what = run.state() == RunState.CANCELLING ? " is being cancelled" : " has ended: ";
    return RunDecision.Refused.invalid(
        "run " + run.spec().id() + what + (run.state().isFinal() ? run.state() : ""));
  }

  private static RunDecision cancel(Run run, String reason) {
    if (run.state() == RunState.CANCELLING) {
      return NOTHING;
    }
    if (run.state().isFinal()) {
      return tooLate(run);
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new RunEvent.RunCancelRequested(reason));
    int ended = 0;
    for (int i = 0; i < run.places(); i++) {
      TaskState state = run.life(i).state();
      if (isToldToStop(state)) {
        TaskEvent stop = new TaskEvent.CancelRequested(state.liveFence());
        changes.add(Consequences.changed(run, i, stop));
      } else if (!state.isFinal() && !(state instanceof TaskState.Cancelling)) {
        changes.add(Consequences.changed(run, i, new TaskEvent.Cancelled(reason)));
        ended += run.isIntegration(i) ? 0 : 1;
      }
    }
    if (run.unfinished() == ended && !run.spec().integrates()) {
      changes.add(new RunEvent.RunFinished(RunState.CANCELLED, reason));
    }
    return new RunDecision.Accepted(changes);
  }

  /** Whether an agent has to confirm that it has stopped. */
  private static boolean isToldToStop(TaskState state) {
    return switch (state) {
      case TaskState.Leased _, TaskState.Running _ -> true;
      case TaskState.Held held -> held.keptFence() != 0;
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Backoff _,
          TaskState.Cancelling _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          false;
    };
  }

  private static RunDecision approve(Run run, RunCommand.ApproveCheckpoint c) {
    if (run.state().isFinal() || run.state() == RunState.CANCELLING) {
      return tooLate(run);
    }
    int number = run.checkpoints().phaseOf(c.phase());
    if (number == Checkpoints.NO_PHASE) {
      List<String> phases =
          run.spec().plan().phases().stream().map(Phase::id).map(Object::toString).toList();
      return RunDecision.Refused.invalid(
          "phase: expected one of " + phases + ", was '" + c.phase() + "'");
    }
    List<Gate> gates = run.spec().plan().phases().get(number).checkpoint();
    List<String> names = gates.stream().map(Checkpoints::nameOf).toList();
    if (!names.contains(c.gate())) {
      return RunDecision.Refused.invalid(
          "gate: expected one of " + names + ", was '" + c.gate() + "'");
    }
    if (!run.checkpoints().missing(number).contains(c.gate())) {
      return NOTHING;
    }
    if (run.openInPhase(number) > 0) {
      return RunDecision.Refused.invalid(
          "phase " + c.phase() + " has tasks that are not done: " + run.openInPhase(number));
    }
    return Settling.after(
        run, List.of(new RunEvent.CheckpointApproved(c.phase(), c.gate(), c.by(), c.note())));
  }

  private RunDecision onTask(Run run, RunCommand.OnTask command, double chance) {
    if (!run.contains(command.task())) {
      return RunDecision.Refused.invalid(
          "run " + run.spec().id() + " has no task " + command.task());
    }
    RunDecision late = findLateness(run, command.command());
    if (late != null) {
      return late;
    }
    int task = run.indexOf(command.task());
    if (run.isIntegration(task)) {
      return Merging.onIntegration(run, command.command(), chance);
    }
    TaskTerms terms = terms(run, run.task(task));
    return switch (TaskRules.decide(run.life(task), command.command(), terms, chance)) {
      case TaskDecision.Refused r -> new RunDecision.Refused(r.refusal(), r.message());
      case TaskDecision.Accepted a -> accepted(run, task, command.command(), a.events());
    };
  }

  private static RunDecision accepted(
      Run run, int task, TaskCommand command, List<TaskEvent> events) {
    if (!bringsBack(command) || events.isEmpty()) {
      return new RunDecision.Accepted(Consequences.of(run, task, events));
    }
    List<Change> changes = new ArrayList<>();
    if (run.state().isFinal()) {
      changes.add(new RunEvent.RunReopened(reopening(command, run.task(task))));
    }
    events.forEach(event -> changes.add(Consequences.changed(run, task, event)));
    String lost = Settling.findLostNeed(run, changes, task);
    if (command instanceof TaskCommand.Retry && lost != null) {
      return RunDecision.Refused.invalid(
          "task " + run.task(task).id() + " needs " + lost + ", which is not done: retry that");
    }
    return Settling.after(run, changes);
  }

  private static String reopening(TaskCommand command, Task task) {
    return command instanceof TaskCommand.Retry
        ? "task " + task.id() + " is tried again"
        : "it goes on without task " + task.id();
  }

  private static boolean bringsBack(TaskCommand command) {
    return command instanceof TaskCommand.Retry || command instanceof TaskCommand.LeaveOut;
  }

  /** Why a command comes too late for its run; null: it does not. */
  private static @Nullable RunDecision findLateness(Run run, TaskCommand command) {
    boolean ends = run.state().isFinal() || run.state() == RunState.CANCELLING;
    return switch (command) {
      case TaskCommand.Cancel _ -> run.state().isFinal() ? tooLate(run) : null;
      case TaskCommand.ByPerson _ when bringsBack(command) && run.state().mayBeReopened() -> null;
      case TaskCommand.ByPerson _ -> ends ? tooLate(run) : null;
      case TaskCommand.EndBackoff _ -> ends ? tooLate(run) : null;
      case TaskCommand.Lease _ ->
          run.state() == RunState.RUNNING
              ? null
              : RunDecision.Refused.invalid("nothing starts in a run that is " + run.state());
      case TaskCommand.MakeReady _,
          TaskCommand.Accept _,
          TaskCommand.Return _,
          TaskCommand.ReachMilestone _,
          TaskCommand.Succeed _,
          TaskCommand.Fail _,
          TaskCommand.Lose _,
          TaskCommand.TimeOut _,
          TaskCommand.RaiseBlocker _,
          TaskCommand.Checkpoint _,
          TaskCommand.Use _,
          TaskCommand.HoldOverBudget _,
          TaskCommand.GrantFiles _,
          TaskCommand.Land _,
          TaskCommand.Reject _,
          TaskCommand.ConfirmCancel _,
          TaskCommand.Skip _ ->
          null;
    };
  }

  private TaskTerms terms(Run run, Task task) {
    return new TaskTerms(
        task.execution().retry().limit(),
        limits.infra(),
        task.execution().retry().gates(),
        limits.yields(),
        run.spec().realTime(task.execution().retry().backoff()),
        task.completion().gates(),
        task.milestones().isEmpty()
            ? List.of()
            : task.milestones().stream().map(m -> m.id()).toList(),
        run.spec().simulated(),
        run.spec().integrates());
  }
}
