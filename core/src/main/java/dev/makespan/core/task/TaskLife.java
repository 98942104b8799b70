package dev.makespan.core.task;

import dev.makespan.core.plan.MilestoneId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that has become of one task: its state, what was charged, and its history.
 *
 * @param readyAt when its needs were met; null before it
 * @param milestones reached, with the time; stays reached when the attempt fails
 */
public record TaskLife(
    TaskState state,
    Counters counters,
    @Nullable Instant readyAt,
    List<Attempt> attempts,
    Map<MilestoneId, Instant> milestones) {

  /** How every task begins. */
  public static final TaskLife BEGINNING =
      new TaskLife(new TaskState.Waiting(), Counters.ZERO, null, List.of(), Map.of());

  public TaskLife {
    attempts = List.copyOf(attempts);
    milestones =
        milestones.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(milestones));
  }

  /** The life after {@code event}. Cannot refuse: whoever decided the event has looked. */
  public TaskLife after(TaskEvent event, Instant at) {
    return switch (event) {
      case TaskEvent.Ready _ -> ready(at);
      case TaskEvent.Leased e -> leased(e, at);
      case TaskEvent.Returned e -> returned(e, at);
      case TaskEvent.Started e -> started(e, at);
      case TaskEvent.MilestoneReached e -> reached(e.milestone(), at);
      case TaskEvent.Reported e -> reported(e);
      case TaskEvent.AttemptFailed e -> attemptFailed(e, at);
      case TaskEvent.Done _ -> in(new TaskState.Done(at)).ending(at, Attempt.Outcome.DONE, "", "");
      case TaskEvent.Failed e -> failed(e, at);
      case TaskEvent.Held e -> in(new TaskState.Held(e.reason()));
      case TaskEvent.CancelRequested e -> cancelling(e, at);
      case TaskEvent.Cancelled e -> cancelled(e, at);
      case TaskEvent.Skipped e -> in(new TaskState.Skipped(e.reason()));
    };
  }

  /** The attempt with this fence; null: there was none. */
  public @Nullable Attempt findAttempt(long fence) {
    return attempts.stream().filter(a -> a.fence() == fence).findFirst().orElse(null);
  }

  private TaskLife ready(Instant at) {
    Instant first = readyAt == null ? at : readyAt;
    return new TaskLife(new TaskState.Ready(at), counters, first, attempts, milestones);
  }

  private TaskLife leased(TaskEvent.Leased e, Instant at) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(Attempt.leased(e.attempt(), e.agent(), e.fence(), at));
    TaskState leased = new TaskState.Leased(e.agent(), e.fence(), e.attempt(), at);
    return new TaskLife(leased, counters, readyAt, more, milestones);
  }

  private TaskLife returned(TaskEvent.Returned e, Instant at) {
    Counters charged =
        new Counters(
            counters.attempts(), counters.infra(), counters.gates(), counters.yields() + 1);
    return new TaskLife(new TaskState.Ready(at), charged, readyAt, attempts, milestones)
        .ending(at, Attempt.Outcome.RETURNED, e.reason(), "");
  }

  private TaskLife started(TaskEvent.Started e, Instant at) {
    if (!(state instanceof TaskState.Leased leased)) {
      throw new IllegalStateException("only a leased task starts, this one is " + state);
    }
    return in(new TaskState.Running(leased.agent(), e.fence(), leased.attempt(), at))
        .withLast(a -> a.started(at));
  }

  private TaskLife reached(MilestoneId milestone, Instant at) {
    Map<MilestoneId, Instant> more = new LinkedHashMap<>(milestones);
    more.putIfAbsent(milestone, at);
    return new TaskLife(state, counters, readyAt, attempts, more);
  }

  private TaskLife reported(TaskEvent.Reported e) {
    if (!(state instanceof TaskState.Running running)) {
      throw new IllegalStateException("only a running task reports, this one is " + state);
    }
    return in(new TaskState.Verifying(
            running.agent(), e.fence(), running.attempt(), e.resultId(), e.metrics()))
        .withLast(a -> a.reported(e.resultId(), e.metrics()));
  }

  private TaskLife attemptFailed(TaskEvent.AttemptFailed e, Instant at) {
    TaskState backoff = new TaskState.Backoff(at, e.backoff(), e.message());
    return new TaskLife(backoff, counters.charged(e.cause()), readyAt, attempts, milestones)
        .ending(at, outcomeOf(e.cause()), e.message(), e.resultId());
  }

  private TaskLife failed(TaskEvent.Failed e, Instant at) {
    TaskState failed = new TaskState.Failed(e.message());
    return new TaskLife(failed, counters.charged(e.cause()), readyAt, attempts, milestones)
        .ending(at, outcomeOf(e.cause()), e.message(), e.resultId());
  }

  private TaskLife cancelling(TaskEvent.CancelRequested e, Instant at) {
    Attempt live = attempts.getLast();
    return in(new TaskState.Cancelling(live.agent(), e.fence(), at));
  }

  private TaskLife cancelled(TaskEvent.Cancelled e, Instant at) {
    return in(new TaskState.Cancelled(e.reason()))
        .ending(at, Attempt.Outcome.CANCELLED, e.reason(), "");
  }

  private TaskLife in(TaskState next) {
    return new TaskLife(next, counters, readyAt, attempts, milestones);
  }

  /** Ends the open attempt, if there is one. */
  private TaskLife ending(Instant at, Attempt.Outcome outcome, String message, String resultId) {
    boolean open = !attempts.isEmpty() && attempts.getLast().outcome() == Attempt.Outcome.OPEN;
    if (!open) {
      return this;
    }
    return withLast(last -> {
      Attempt known = resultId.isEmpty() ? last : last.reported(resultId, last.metrics());
      return known.ended(at, outcome, message);
    });
  }

  private TaskLife withLast(UnaryOperator<Attempt> change) {
    List<Attempt> changed = new ArrayList<>(attempts);
    changed.set(changed.size() - 1, change.apply(changed.getLast()));
    return new TaskLife(state, counters, readyAt, changed, milestones);
  }

  private static Attempt.Outcome outcomeOf(FailureCause cause) {
    return switch (cause) {
      case WORK -> Attempt.Outcome.FAILED;
      case INFRA -> Attempt.Outcome.LOST;
      case GATE -> Attempt.Outcome.REJECTED;
    };
  }
}
