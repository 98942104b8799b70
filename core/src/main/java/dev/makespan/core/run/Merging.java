package dev.makespan.core.run;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRules;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.TaskTerms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may happen to a run's merge queue. The integration waits until there is something to merge,
 * is leased as a task is, and waits again after each batch. What has landed is journaled first; the
 * branch that people look at is moved there by the next batch, so that nobody who is killed leaves
 * it where the journal does not know of.
 */
final class Merging {

  /**
   * Tries at a batch that fail, and batches whose agent is lost, in a row before a person looks.
   */
  private static final int TRIES = 3;

  private static final int LOSSES = 5;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final TaskTerms TERMS =
      new TaskTerms(TRIES, LOSSES, 1, Integer.MAX_VALUE, PAUSE, List.of(), List.of(), true);

  private Merging() {}

  /** Something for the integration as if it were a task. */
  static RunDecision onIntegration(Run run, TaskCommand command, double chance) {
    TaskLife life = run.life(run.integration());
    if (command instanceof TaskCommand.Succeed) {
      return RunDecision.Refused.invalid("an integrator reports what became of its batch");
    }
    if (command instanceof TaskCommand.ByPerson && !(command instanceof TaskCommand.Retry)) {
      return RunDecision.Refused.invalid(
          "the integration is no task of the plan: its queue is held, released and reordered");
    }
    return switch (TaskRules.decide(life, command, TERMS, chance)) {
      case TaskDecision.Refused r -> new RunDecision.Refused(r.refusal(), r.message());
      case TaskDecision.Accepted a -> {
        List<Change> changes = new ArrayList<>();
        a.events().forEach(event -> add(run, event, changes));
        if (command instanceof TaskCommand.Lease lease) {
          changes.add(new RunEvent.BatchFormed(lease.fence(), nextBatch(run)));
        }
        yield new RunDecision.Accepted(changes);
      }
    };
  }

  private static List<BatchMember> nextBatch(Run run) {
    return MergeOrder.mergeable(run).stream().limit(Integration.MAX_BATCH).toList();
  }

  /** Merging never fails for good: a person looks at it. */
  private static void add(Run run, TaskEvent event, List<Change> changes) {
    if (event instanceof TaskEvent.Failed failed) {
      changes.add(
          changed(
              run,
              new TaskEvent.AttemptFailed(
                  failed.fence(),
                  failed.cause(),
                  failed.message(),
                  Duration.ZERO,
                  failed.resultId())));
      changes.add(changed(run, new TaskEvent.Held(failed.message())));
    } else {
      changes.add(changed(run, event));
    }
  }

  private static Change changed(Run run, TaskEvent event) {
    return Consequences.changed(run, run.integration(), event);
  }

  /** The end of a batch; what follows for its members is for whoever decides next. */
  static RunDecision end(Run run, RunCommand.EndBatch c) {
    if (!run.spec().integrates()) {
      return RunDecision.Refused.invalid("run " + run.spec().id() + " merges nothing");
    }
    TaskLife life = run.life(run.integration());
    TaskCommand succeed = new TaskCommand.Succeed(c.fence(), c.resultId(), Map.of(), Map.of());
    return switch (TaskRules.decide(life, succeed, TERMS, 0)) {
      case TaskDecision.Refused r -> new RunDecision.Refused(r.refusal(), r.message());
      case TaskDecision.Accepted a -> ended(run, c, a.events());
    };
  }

  private static RunDecision ended(Run run, RunCommand.EndBatch c, List<TaskEvent> events) {
    List<Change> changes = new ArrayList<>();
    for (TaskEvent event : events) {
      if (event instanceof TaskEvent.Done) {
        String problem = run.merges().problemOf(c.report());
        problem = problem.isEmpty() ? Wirings.problemOf(run, c.report()) : problem;
        if (!problem.isEmpty()) {
          return RunDecision.Refused.invalid(problem);
        }
        changes.add(new RunEvent.BatchEnded(c.fence(), c.report()));
        changes.add(changed(run, event));
        changes.add(changed(run, new TaskEvent.Reopened("the batch has ended")));
      } else {
        changes.add(changed(run, event));
      }
    }
    return new RunDecision.Accepted(changes);
  }

  /**
   * The next thing that follows from how the run stands; nothing: it is settled. Asked again until
   * nothing follows.
   */
  static RunDecision settle(Run run) {
    if (!run.spec().integrates() || run.state().isFinal()) {
      return nothing();
    }
    TaskState state = run.life(run.integration()).state();
    TaskId stray = run.merges().findStray();
    if (stray != null && isAtWork(state)) {
      String reason = "task " + stray + " is not to be merged any more";
      return one(changed(run, new TaskEvent.Returned(state.liveFence(), reason)));
    }
    boolean wanted = wantsMerging(run);
    if (state instanceof TaskState.Waiting && wanted) {
      return one(changed(run, new TaskEvent.Ready()));
    }
    boolean idle = state instanceof TaskState.Ready && !wanted;
    boolean revived = state instanceof TaskState.Cancelled && run.state() != RunState.CANCELLING;
    if (idle || revived) {
      return one(
          changed(run, new TaskEvent.Reopened(idle ? "nothing to merge" : "the run goes on")));
    }
    return finished(run, state);
  }

  private static boolean isAtWork(TaskState state) {
    return state instanceof TaskState.Leased || state instanceof TaskState.Running;
  }

  private static boolean wantsMerging(Run run) {
    boolean open = run.merges().hold() == null && run.state() != RunState.CANCELLING;
    return open && (owes(run) || !nextBatch(run).isEmpty());
  }

  /** What is to be done beside merging the work of tasks. */
  private static boolean owes(Run run) {
    return !run.merges().isPublished() || !run.nextWirings().isEmpty();
  }

  /**
   * The run ends with its last task, but not before what has landed is wired and where people find
   * it.
   */
  private static RunDecision finished(Run run, TaskState state) {
    boolean cancelled = run.state() == RunState.CANCELLING;
    boolean over = run.unfinished() == 0 && state.liveFence() == 0;
    if (!over || (!cancelled && owes(run))) {
      return nothing();
    }
    List<Change> changes = new ArrayList<>();
    Consequences.finish(run, "", changes);
    return new RunDecision.Accepted(changes);
  }

  static RunDecision hold(Run run, RunCommand.HoldMerges c) {
    RunDecision problem = changeProblem(run);
    if (problem != null) {
      return problem;
    }
    return run.merges().hold() != null
        ? nothing()
        : one(new RunEvent.MergesHeld(c.reason(), c.by()));
  }

  static RunDecision release(Run run, RunCommand.ReleaseMerges c) {
    RunDecision problem = changeProblem(run);
    if (problem != null) {
      return problem;
    }
    return run.merges().hold() == null ? nothing() : one(new RunEvent.MergesReleased(c.by()));
  }

  static RunDecision reorder(Run run, RunCommand.ReorderMerges c) {
    RunDecision problem = changeProblem(run);
    if (problem != null) {
      return problem;
    }
    for (TaskId task : c.first()) {
      if (!run.contains(task) || task.equals(Integration.TASK)) {
        return RunDecision.Refused.invalid("run " + run.spec().id() + " has no task " + task);
      }
    }
    if (new LinkedHashSet<>(c.first()).size() != c.first().size()) {
      return RunDecision.Refused.invalid("expected each task once, was " + c.first());
    }
    return run.merges().first().equals(c.first())
        ? nothing()
        : one(new RunEvent.MergesReordered(c.first(), c.by()));
  }

  private static @Nullable RunDecision changeProblem(Run run) {
    if (!run.spec().integrates()) {
      return RunDecision.Refused.invalid(
          "run "
              + run.spec().id()
              + " merges nothing: its plan has no workspace, or it is simulated");
    }
    boolean late = run.state().isFinal() || run.state() == RunState.CANCELLING;
    return late ? RunRules.tooLate(run) : null;
  }

  private static RunDecision one(Change change) {
    return new RunDecision.Accepted(List.of(change));
  }

  private static RunDecision nothing() {
    return new RunDecision.Accepted(List.of());
  }
}
