package dev.makespan.core.task;

import dev.makespan.core.task.TaskDecision.Accepted;
import dev.makespan.core.task.TaskDecision.Refusal;
import dev.makespan.core.task.TaskDecision.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What may happen to a task, by state and command. Every pair is decided: commands that name a
 * fence are refused as superseded unless it is the live one, final states absorb everything.
 */
public final class TaskRules {

  /** A pause between attempts is lengthened by up to this part of it. */
  static final double JITTER = 0.1;

  static final Duration LONGEST_PAUSE_AFTER_LOSS = Duration.ofSeconds(1);

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
      case TaskCommand.TimeOut c ->
          interrupt(life, c.fence(), FailureCause.WORK, c.message(), terms, chance);
      case TaskCommand.EndBackoff _ -> endBackoff(life.state());
      case TaskCommand.Cancel c -> cancel(life.state(), c);
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
    if (life.state() instanceof TaskState.Running s && s.fence() == c.fence()) {
      return Accepted.of();
    }
    return superseded(c.fence(), life.state());
  }

  private static TaskDecision takeBack(TaskLife life, TaskCommand.Return c, TaskTerms terms) {
    if (!(life.state() instanceof TaskState.Leased s && s.fence() == c.fence())) {
      return life.state().liveFence() == c.fence()
          ? invalid("only an assignment that was not accepted is given back", life.state())
          : superseded(c.fence(), life.state());
    }
    if (life.counters().yields() + 1 >= terms.yieldLimit()) {
      String message = "given back " + terms.yieldLimit() + " times, last: " + c.reason();
      return Accepted.of(new TaskEvent.Failed(c.fence(), FailureCause.INFRA, message, ""));
    }
    return Accepted.of(new TaskEvent.Returned(c.fence(), c.reason()));
  }

  private static TaskDecision reach(TaskLife life, TaskCommand.ReachMilestone c, TaskTerms terms) {
    if (!(life.state() instanceof TaskState.Running s && s.fence() == c.fence())) {
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
    events.add(new TaskEvent.Reported(c.fence(), c.resultId(), c.metrics()));
    events.add(
        red.isEmpty()
            ? new TaskEvent.Done(c.fence())
            : failure(
                life.counters(),
                c.fence(),
                FailureCause.GATE,
                String.join("; ", red),
                c.resultId(),
                terms,
                chance));
    return new Accepted(events);
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
            ? failure(life.counters(), c.fence(), work, c.message(), c.resultId(), terms, chance)
            : new TaskEvent.Failed(c.fence(), work, c.message(), c.resultId()));
    return new Accepted(events);
  }

  private static TaskDecision interrupt(
      TaskLife life,
      long fence,
      FailureCause cause,
      String message,
      TaskTerms terms,
      double chance) {
    if (life.state() instanceof TaskState.Leased s && s.fence() == fence) {
      return Accepted.of(new TaskEvent.Returned(fence, message));
    }
    if (life.state() instanceof TaskState.Cancelling s && s.fence() == fence) {
      return Accepted.of(new TaskEvent.Cancelled(message));
    }
    if (life.state() instanceof TaskState.Running s && s.fence() == fence) {
      return Accepted.of(failure(life.counters(), fence, cause, message, "", terms, chance));
    }
    return superseded(fence, life.state());
  }

  private static TaskDecision endBackoff(TaskState state) {
    return state instanceof TaskState.Backoff
        ? Accepted.of(new TaskEvent.Ready())
        : invalid("only a task in back-off ends it", state);
  }

  private static TaskDecision cancel(TaskState state, TaskCommand.Cancel c) {
    return switch (state) {
      case TaskState.Waiting _,
          TaskState.Ready _,
          TaskState.Backoff _,
          TaskState.Held _,
          TaskState.Verifying _,
          TaskState.Integrating _ ->
          Accepted.of(new TaskEvent.Cancelled(c.reason()));
      case TaskState.Leased s -> Accepted.of(new TaskEvent.CancelRequested(s.fence()));
      case TaskState.Running s -> Accepted.of(new TaskEvent.CancelRequested(s.fence()));
      case TaskState.Cancelling _ -> Accepted.of();
      case TaskState.Done _, TaskState.Failed _, TaskState.Cancelled _, TaskState.Skipped _ ->
          invalid("a task that has ended is not cancelled", state);
    };
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
  private static boolean isWorkedOn(TaskState state, long fence) {
    return (state instanceof TaskState.Leased l && l.fence() == fence)
        || (state instanceof TaskState.Running r && r.fence() == fence);
  }

  private static List<TaskEvent> startIfLeased(TaskState state, long fence) {
    List<TaskEvent> events = new ArrayList<>();
    if (state instanceof TaskState.Leased) {
      events.add(new TaskEvent.Started(fence));
    }
    return events;
  }

  private static TaskEvent failure(
      Counters before,
      long fence,
      FailureCause cause,
      String message,
      String resultId,
      TaskTerms terms,
      double chance) {
    if (before.of(cause) + 1 >= terms.limitOf(cause)) {
      return new TaskEvent.Failed(fence, cause, message, resultId);
    }
    long pause = pauseNanos(cause, terms);
    Duration backoff = Duration.ofNanos(pause + Math.round(pause * JITTER * chance));
    return new TaskEvent.AttemptFailed(fence, cause, message, backoff, resultId);
  }

  /** A task whose agent was lost need not wait for the work to get better. */
  private static long pauseNanos(FailureCause cause, TaskTerms terms) {
    return switch (cause) {
      case WORK, GATE -> terms.backoff().toNanos();
      case INFRA -> Math.min(terms.backoff().toNanos(), LONGEST_PAUSE_AFTER_LOSS.toNanos());
    };
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

  private static Refused superseded(long fence, TaskState state) {
    long live = state.liveFence();
    String now = live == 0 ? "no attempt is live" : "the live one is " + live;
    return new Refused(Refusal.SUPERSEDED, "fence " + fence + " is not the live one: " + now);
  }

  private static Refused invalid(String rule, TaskState state) {
    return new Refused(Refusal.INVALID, rule + ", this one is " + state.getClass().getSimpleName());
  }
}
