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
 * @param blockers those that are open or were answered, oldest first
 */
public record TaskLife(
    TaskState state,
    Counters counters,
    @Nullable Instant readyAt,
    List<Attempt> attempts,
    Map<MilestoneId, Instant> milestones,
    List<Blocker> blockers) {

  /** How every task begins. */
  public static final TaskLife BEGINNING =
      new TaskLife(new TaskState.Waiting(), Counters.ZERO, null, List.of(), Map.of(), List.of());

  public TaskLife {
    attempts = List.copyOf(attempts);
    milestones =
        milestones.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(milestones));
    blockers = List.copyOf(blockers);
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
      case TaskEvent.Queued e ->
          in(new TaskState.Integrating(e.fence(), attempts.getLast().number()));
      case TaskEvent.AttemptFailed e -> attemptFailed(e, at);
      case TaskEvent.Done _ -> in(new TaskState.Done(at)).ending(at, Attempt.Outcome.DONE, "", "");
      case TaskEvent.Failed e -> failed(e, at);
      case TaskEvent.Held e ->
          in(new TaskState.Held(e.reason(), 0)).ending(at, Attempt.Outcome.BLOCKED, e.reason(), "");
      case TaskEvent.BlockerRaised e -> blocked(e, at);
      case TaskEvent.BlockerAnswered e -> answered(e, at);
      case TaskEvent.Checkpointed e -> withLast(a -> a.checkpointed(e.text()));
      case TaskEvent.Used e -> withLast(a -> a.used(e.usage()));
      case TaskEvent.FilesGranted e ->
          withLast(a -> a.granted(new Attempt.Grant(e.request(), e.files())));
      case TaskEvent.Approved e -> approved(e);
      case TaskEvent.Reopened _ -> reopened();
      case TaskEvent.CancelRequested e -> cancelling(e, at);
      case TaskEvent.Cancelled e -> cancelled(e, at);
      case TaskEvent.Skipped e ->
          in(new TaskState.Skipped(e.reason(), e.byPerson())).withoutOpenBlockers();
    };
  }

  /** The attempt with this fence; null: there was none. */
  public @Nullable Attempt findAttempt(long fence) {
    return attempts.stream().filter(a -> a.fence() == fence).findFirst().orElse(null);
  }

  /** The same with no history but its latest attempt, as of work that begins anew without end. */
  public TaskLife withLatestAttemptAlone() {
    return attempts.size() <= 1
        ? this
        : new TaskLife(state, counters, readyAt, List.of(attempts.getLast()), milestones, blockers);
  }

  /** Files that the latest attempt has beyond those that the task declares. */
  public List<Attempt.Grant> grantedFiles() {
    return attempts.isEmpty() ? List.of() : attempts.getLast().granted();
  }

  /** What the latest attempt has used, as far as its agent has said. */
  public Traces.Usage lastUsage() {
    return attempts.isEmpty() ? Traces.Usage.NONE : attempts.getLast().delivery().traces().usage();
  }

  /** Blockers that nobody has answered. */
  public List<Blocker> openBlockers() {
    return blockers.isEmpty() ? blockers : blockers.stream().filter(Blocker::isOpen).toList();
  }

  /** How far the latest attempt that said so came; empty: none did. */
  public String lastCheckpoint() {
    for (Attempt attempt : attempts.reversed()) {
      if (!attempt.checkpoint().isEmpty()) {
        return attempt.checkpoint();
      }
    }
    return "";
  }

  private TaskLife ready(Instant at) {
    Instant first = readyAt == null ? at : readyAt;
    return new TaskLife(new TaskState.Ready(at), counters, first, attempts, milestones, blockers);
  }

  private TaskLife leased(TaskEvent.Leased e, Instant at) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(Attempt.leased(e.attempt(), e.agent(), e.fence(), at));
    TaskState leased = new TaskState.Leased(e.agent(), e.fence(), e.attempt(), at);
    return new TaskLife(leased, counters, readyAt, more, milestones, blockers);
  }

  private TaskLife returned(TaskEvent.Returned e, Instant at) {
    Counters charged =
        new Counters(
            counters.attempts(), counters.infra(), counters.gates(), counters.yields() + 1);
    return in(new TaskState.Ready(at), charged)
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
    return new TaskLife(state, counters, readyAt, attempts, more, blockers);
  }

  /** An agent that reports has gone on without the answers that it waited for. */
  private TaskLife reported(TaskEvent.Reported e) {
    if (state.liveFence() != e.fence()) {
      throw new IllegalStateException("only a running task reports, this one is " + state);
    }
    Attempt live = attempts.getLast();
    return in(new TaskState.Verifying(
            live.agent(), e.fence(), live.number(), e.resultId(), e.metrics(), List.of()))
        .withLast(
            a -> a.reported(e.resultId(), e.metrics(), e.delivery().usingAtLeast(lastUsage())))
        .withoutOpenBlockers();
  }

  private TaskLife attemptFailed(TaskEvent.AttemptFailed e, Instant at) {
    return in(new TaskState.Backoff(at, e.backoff(), e.message()), counters.charged(e.cause()))
        .leaving(e.traces())
        .ending(at, outcomeOf(e.cause()), e.message(), e.resultId());
  }

  private TaskLife failed(TaskEvent.Failed e, Instant at) {
    return in(new TaskState.Failed(e.message()), counters.charged(e.cause()))
        .leaving(e.traces())
        .ending(at, outcomeOf(e.cause()), e.message(), e.resultId());
  }

  /** A gate's failure says nothing of it: its report has told. */
  private TaskLife leaving(Traces traces) {
    return traces.equals(Traces.NONE)
        ? this
        : withLast(last ->
            last.reported(
                last.resultId(), last.metrics(), Delivery.of(traces).usingAtLeast(lastUsage())));
  }

  /** Raised again by the same attempt it takes the place of what was said before. */
  private TaskLife blocked(TaskEvent.BlockerRaised e, Instant at) {
    List<Blocker> more = new ArrayList<>(blockers);
    more.removeIf(b -> b.isOpen() && b.id().equals(e.blocker()));
    more.add(new Blocker(e.blocker(), e.fence(), e.text(), e.kept(), at, null));
    TaskState held = new TaskState.Held(e.text(), e.kept() ? e.fence() : 0);
    TaskLife blocked = new TaskLife(held, counters, readyAt, attempts, milestones, more);
    return e.kept() ? blocked : blocked.ended(at, Attempt.Outcome.BLOCKED, e.text(), "");
  }

  /** With the last answer a kept attempt runs on, in a time of its own. */
  private TaskLife answered(TaskEvent.BlockerAnswered e, Instant at) {
    List<Blocker> changed = new ArrayList<>(blockers);
    changed.replaceAll(
        b -> b.isOpen() && b.id().equals(e.blocker()) ? b.answered(e.text(), e.by(), at) : b);
    TaskLife answered = new TaskLife(state, counters, readyAt, attempts, milestones, changed);
    boolean runsOn =
        state instanceof TaskState.Held held
            && held.keptFence() != 0
            && answered.openBlockers().isEmpty();
    if (!runsOn) {
      return answered;
    }
    Attempt kept = attempts.getLast();
    return answered.in(new TaskState.Running(kept.agent(), kept.fence(), kept.number(), at));
  }

  private TaskLife approved(TaskEvent.Approved e) {
    return state instanceof TaskState.Verifying verifying
        ? in(verifying.approved(e.approval()))
        : this;
  }

  private TaskLife reopened() {
    return in(new TaskState.Waiting(), Counters.ZERO).withoutOpenBlockers();
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
    return in(next, counters);
  }

  private TaskLife in(TaskState next, Counters charged) {
    return new TaskLife(next, charged, readyAt, attempts, milestones, blockers);
  }

  /** Ends the open attempt, if there is one; nobody waits for what it asked any more. */
  private TaskLife ending(Instant at, Attempt.Outcome outcome, String message, String resultId) {
    return ended(at, outcome, message, resultId).withoutOpenBlockers();
  }

  private TaskLife ended(Instant at, Attempt.Outcome outcome, String message, String resultId) {
    boolean open = !attempts.isEmpty() && attempts.getLast().outcome() == Attempt.Outcome.OPEN;
    if (!open) {
      return this;
    }
    return withLast(last -> {
      Attempt known =
          resultId.isEmpty() ? last : last.reported(resultId, last.metrics(), last.delivery());
      return known.ended(at, outcome, message);
    });
  }

  private TaskLife withoutOpenBlockers() {
    if (blockers.isEmpty()) {
      return this;
    }
    List<Blocker> answered = blockers.stream().filter(b -> !b.isOpen()).toList();
    return new TaskLife(state, counters, readyAt, attempts, milestones, answered);
  }

  private TaskLife withLast(UnaryOperator<Attempt> change) {
    List<Attempt> changed = new ArrayList<>(attempts);
    changed.set(changed.size() - 1, change.apply(changed.getLast()));
    return new TaskLife(state, counters, readyAt, changed, milestones, blockers);
  }

  private static Attempt.Outcome outcomeOf(FailureCause cause) {
    return switch (cause) {
      case WORK -> Attempt.Outcome.FAILED;
      case INFRA -> Attempt.Outcome.LOST;
      case GATE -> Attempt.Outcome.REJECTED;
    };
  }
}
