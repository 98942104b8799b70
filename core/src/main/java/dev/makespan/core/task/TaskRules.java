package dev.makespan.core.task;

import dev.makespan.core.task.TaskDecision.Accepted;
import dev.makespan.core.task.TaskDecision.Refusal;
import dev.makespan.core.task.TaskDecision.Refused;
import java.util.ArrayList;
import java.util.List;

/**
 * What may happen to a task, by state and command. Every pair is decided: commands that name a
 * fence are refused as superseded unless it is the live one, final states absorb everything.
 */
public final class TaskRules {

  private TaskRules() {}

  /**
   * Decides without changing anything.
   *
   * @param chance from 0 to 1, for the jitter of a pause
   */
  public static TaskDecision decide(
      TaskLife life, TaskCommand command, TaskTerms terms, double chance) {
    return switch (command) {
      case TaskCommand.MakeReady _ -> makeReady(life.state());
      case TaskCommand.Lease c -> lease(life, c);
      case TaskCommand.Accept c -> accept(life, c);
      case TaskCommand.Return c -> takeBack(life, c, terms);
      case TaskCommand.ReachMilestone c -> reach(life, c, terms);
      case TaskCommand.Succeed c -> succeed(life, c, terms, chance);
      case TaskCommand.Fail c -> fail(life, c, terms, chance);
      case TaskCommand.Lose c ->
          interrupt(life, c.fence(), FailureCause.INFRA, c.reason(), terms, chance);
      case TaskCommand.TimeOut c -> timeOut(life, c, terms, chance);
      case TaskCommand.EndBackoff _ -> endBackoff(life.state());
      case TaskCommand.RaiseBlocker c -> BlockerRules.raise(life, c);
      case TaskCommand.Checkpoint c -> checkpoint(life, c);
      case TaskCommand.Use c -> use(life, c);
      case TaskCommand.HoldOverBudget c -> holdOverBudget(life.state(), c);
      case TaskCommand.GrantFiles c -> grantFiles(life, c);
      case TaskCommand.Land c -> land(life.state(), c);
      case TaskCommand.Reject c -> reject(life, c, terms, chance);
      case TaskCommand.ByPerson c -> PersonRules.decide(life, c, terms, chance);
      case TaskCommand.ConfirmCancel c -> confirmCancel(life.state(), c);
      case TaskCommand.Skip c -> skip(life.state(), c);
    };
  }

  private static TaskDecision makeReady(TaskState state) {
    return state instanceof TaskState.Waiting
        ? Accepted.of(new TaskEvent.Ready())
        : invalid("only a waiting task becomes ready", state);
  }

  private static TaskDecision lease(TaskLife life, TaskCommand.Lease c) {
    if (!(life.state() instanceof TaskState.Ready)) {
      return invalid("only a ready task is leased", life.state());
    }
    if (c.fence() <= 0) {
      return new Refused(Refusal.INVALID, "fence: expected above 0, was " + c.fence());
    }
    boolean older = life.attempts().stream().anyMatch(a -> a.fence() >= c.fence());
    if (older) {
      return new Refused(Refusal.SUPERSEDED, "the fence " + c.fence() + " is not a new one");
    }
    return Accepted.of(new TaskEvent.Leased(c.agent(), c.fence(), life.attempts().size() + 1));
  }

  private static TaskDecision accept(TaskLife life, TaskCommand.Accept c) {
    if (life.state() instanceof TaskState.Leased s && s.fence() == c.fence()) {
      return Accepted.of(new TaskEvent.Started(c.fence()));
    }
    return isStarted(life.state(), c.fence()) ? Accepted.of() : superseded(c.fence(), life.state());
  }

  private static TaskDecision takeBack(TaskLife life, TaskCommand.Return c, TaskTerms terms) {
    if (!(life.state() instanceof TaskState.Leased s && s.fence() == c.fence())) {
      return life.state().liveFence() == c.fence()
          ? invalid("only an assignment that was not accepted is given back", life.state())
          : superseded(c.fence(), life.state());
    }
    return Accepted.of(Failures.returned(life.counters(), c.fence(), c.reason(), terms));
  }

  private static TaskDecision reach(TaskLife life, TaskCommand.ReachMilestone c, TaskTerms terms) {
    if (!isStarted(life.state(), c.fence())) {
      return superseded(c.fence(), life.state());
    }
    if (!terms.milestones().contains(c.milestone())) {
      return new Refused(
          Refusal.INVALID, "expected one of " + terms.milestones() + ", was " + c.milestone());
    }
    return life.milestones().containsKey(c.milestone())
        ? Accepted.of()
        : Accepted.of(new TaskEvent.MilestoneReached(c.fence(), c.milestone()));
  }

  private static TaskDecision succeed(
      TaskLife life, TaskCommand.Succeed c, TaskTerms terms, double chance) {
    if (!isWorkedOn(life.state(), c.fence())) {
      return withoutEffect(life, c.fence(), c.resultId());
    }
    List<TaskEvent> events = startIfLeased(life.state(), c.fence());
    List<String> red = Gates.redOnes(terms, c);
    events.add(new TaskEvent.Reported(c.fence(), c.resultId(), c.metrics(), c.delivery()));
    if (!red.isEmpty()) {
      String report = String.join("; ", red);
      events.add(
          Failures.of(
              life.counters(), c.fence(), FailureCause.GATE, report, c.resultId(), terms, chance));
    } else if (Gates.approvals(terms).isEmpty()) {
      events.add(accepted(c.fence(), c.delivery(), terms));
    }
    return new Accepted(events);
  }

  /** What follows when nothing is red any more. */
  static TaskEvent accepted(long fence, Delivery delivery, TaskTerms terms) {
    return terms.merged() && !delivery.commit().isEmpty()
        ? new TaskEvent.Queued(fence)
        : new TaskEvent.Done(fence);
  }

  private static TaskDecision land(TaskState state, TaskCommand.Land c) {
    return isIntegrating(state, c.fence())
        ? Accepted.of(new TaskEvent.Done(c.fence()))
        : superseded(c.fence(), state);
  }

  private static TaskDecision reject(
      TaskLife life, TaskCommand.Reject c, TaskTerms terms, double chance) {
    return isIntegrating(life.state(), c.fence())
        ? Accepted.of(rejected(life, c.fence(), c.report(), terms, chance))
        : superseded(c.fence(), life.state());
  }

  private static boolean isIntegrating(TaskState state, long fence) {
    return state instanceof TaskState.Integrating s && s.fence() == fence;
  }

  /** As by a red gate. */
  static TaskEvent rejected(
      TaskLife life, long fence, String report, TaskTerms terms, double chance) {
    return Failures.of(life.counters(), fence, FailureCause.GATE, report, "", terms, chance);
  }

  private static TaskDecision fail(
      TaskLife life, TaskCommand.Fail c, TaskTerms terms, double chance) {
    if (!isWorkedOn(life.state(), c.fence())) {
      return withoutEffect(life, c.fence(), c.resultId());
    }
    List<TaskEvent> events = startIfLeased(life.state(), c.fence());
    FailureCause work = FailureCause.WORK;
    events.add(
        c.retryable()
            ? Failures.of(
                life.counters(),
                c.fence(),
                work,
                c.message(),
                c.resultId(),
                c.traces(),
                terms,
                chance)
            : new TaskEvent.Failed(c.fence(), work, c.message(), c.resultId(), c.traces()));
    return new Accepted(events);
  }

  /** The clock of a task stands while it is held. */
  private static TaskDecision timeOut(
      TaskLife life, TaskCommand.TimeOut c, TaskTerms terms, double chance) {
    return life.state() instanceof TaskState.Held
        ? superseded(c.fence(), life.state())
        : interrupt(life, c.fence(), FailureCause.WORK, c.message(), terms, chance);
  }

  private static TaskDecision interrupt(
      TaskLife life,
      long fence,
      FailureCause cause,
      String message,
      TaskTerms terms,
      double chance) {
    if (fence == 0 || life.state().liveFence() != fence) {
      return superseded(fence, life.state());
    }
    return switch (life.state()) {
      case TaskState.Leased _ ->
          Accepted.of(Failures.returned(life.counters(), fence, message, terms));
      case TaskState.Running _ ->
          Accepted.of(Failures.of(life.counters(), fence, cause, message, "", terms, chance));
      case TaskState.Held _ -> BlockerRules.leave(life, fence);
      case TaskState.Cancelling _ -> Accepted.of(new TaskEvent.Cancelled(message));
      case TaskState.Verifying _,
          TaskState.Integrating _,
          TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Backoff _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ ->
          superseded(fence, life.state());
    };
  }

  private static TaskDecision checkpoint(TaskLife life, TaskCommand.Checkpoint c) {
    if (!isStarted(life.state(), c.fence())) {
      return superseded(c.fence(), life.state());
    }
    return life.attempts().getLast().checkpoint().equals(c.text())
        ? Accepted.of()
        : Accepted.of(new TaskEvent.Checkpointed(c.fence(), c.text()));
  }

  private static TaskDecision use(TaskLife life, TaskCommand.Use c) {
    if (!isStarted(life.state(), c.fence())) {
      return superseded(c.fence(), life.state());
    }
    Traces.Usage known = life.lastUsage();
    Traces.Usage most = known.atLeast(c.usage());
    return most.equals(known) ? Accepted.of() : Accepted.of(new TaskEvent.Used(c.fence(), most));
  }

  private static TaskDecision holdOverBudget(TaskState state, TaskCommand.HoldOverBudget c) {
    boolean holds =
        c.fence() == 0 ? state instanceof TaskState.Backoff : isWorkedOn(state, c.fence());
    return holds ? Accepted.of(new TaskEvent.Held(c.reason())) : superseded(c.fence(), state);
  }

  private static TaskDecision grantFiles(TaskLife life, TaskCommand.GrantFiles c) {
    if (!isStarted(life.state(), c.fence())) {
      return superseded(c.fence(), life.state());
    }
    Attempt.Grant grant = new Attempt.Grant(c.request(), c.files());
    return life.attempts().getLast().granted().contains(grant)
        ? Accepted.of()
        : Accepted.of(new TaskEvent.FilesGranted(c.fence(), c.request(), c.files()));
  }

  private static TaskDecision endBackoff(TaskState state) {
    return state instanceof TaskState.Backoff
        ? Accepted.of(new TaskEvent.Ready())
        : invalid("only a task in back-off ends it", state);
  }

  private static TaskDecision confirmCancel(TaskState state, TaskCommand.ConfirmCancel c) {
    return state instanceof TaskState.Cancelling s && s.fence() == c.fence()
        ? Accepted.of(new TaskEvent.Cancelled(c.reason()))
        : superseded(c.fence(), state);
  }

  private static TaskDecision skip(TaskState state, TaskCommand.Skip c) {
    return state instanceof TaskState.Waiting
        ? Accepted.of(new TaskEvent.Skipped(c.reason()))
        : invalid("only a waiting task is skipped", state);
  }

  /** A result counts from the lease on: its acceptance may have been lost on the way. */
  static boolean isWorkedOn(TaskState state, long fence) {
    return (state instanceof TaskState.Leased l && l.fence() == fence) || isStarted(state, fence);
  }

  private static boolean isStarted(TaskState state, long fence) {
    boolean started = state instanceof TaskState.Running || state instanceof TaskState.Held;
    return started && fence != 0 && state.liveFence() == fence;
  }

  static List<TaskEvent> startIfLeased(TaskState state, long fence) {
    List<TaskEvent> events = new ArrayList<>();
    if (state instanceof TaskState.Leased) {
      events.add(new TaskEvent.Started(fence));
    }
    return events;
  }

  /** A result that changes nothing: known already, cancelled, or of another attempt. */
  private static TaskDecision withoutEffect(TaskLife life, long fence, String resultId) {
    Attempt attempt = life.findAttempt(fence);
    if (attempt != null && attempt.resultId().equals(resultId) && !resultId.isEmpty()) {
      return new Refused(Refusal.DUPLICATE, "the result " + resultId + " was accepted before");
    }
    if (life.state() instanceof TaskState.Cancelling s && s.fence() == fence) {
      return Accepted.of(new TaskEvent.Cancelled("cancelled as its result came"));
    }
    return superseded(fence, life.state());
  }

  static Refused superseded(long fence, TaskState state) {
    long live = state.liveFence();
    String now = live == 0 ? "no attempt is live" : "the live one is " + live;
    return new Refused(Refusal.SUPERSEDED, "fence " + fence + " is not the live one: " + now);
  }

  static Refused invalid(String rule, TaskState state) {
    return new Refused(Refusal.INVALID, rule + ", this one is " + state.getClass().getSimpleName());
  }
}
