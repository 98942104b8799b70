package dev.makespan.core.session;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.AgentMove.HangUp;
import dev.makespan.core.session.AgentMove.MoveOn;
import dev.makespan.core.session.AgentMove.Report;
import dev.makespan.core.session.AgentMove.Say;
import dev.makespan.core.session.AgentMove.Start;
import dev.makespan.core.session.AgentMove.Stop;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agent's end of its session, over all streams: what it holds, what it owes, when it must stop
 * by itself. Messages, news of the work and time in, moves out. Not thread-safe: one thread owns
 * it.
 *
 * <p>What is said while no stream is open is not queued: everything that matters is said again
 * after Welcome.
 */
public final class AgentSession {

  /** Where the stream is. */
  private sealed interface State {
    record Down(Instant since) implements State {}

    record Greeting(Instant since, Instant downSince) implements State {}

    record Open(Duration statusInterval, Instant nextStatus) implements State {}
  }

  private final AgentIdentity identity;
  private final AgentClocks clocks;
  private final AgentWork work = new AgentWork();
  private State state;
  private boolean draining;
  private boolean paused;
  private Set<TaskRef> lastStatus = Set.of();

  public AgentSession(AgentIdentity identity, AgentClocks clocks, Instant now) {
    this.identity = identity;
    this.clocks = clocks;
    this.state = new State.Down(now);
  }

  /**
   * A stream is there. What an older one still says is not to be handed in any more, nor is
   * anything said on it: what was accepted there after this Hello would be unknown to it.
   */
  public List<AgentMove> connected(Instant now) {
    state = new State.Greeting(now, state instanceof State.Down down ? down.since() : now);
    return List.of(new Say(identity.hello(work.heldRefs(), work.owedRefs())));
  }

  /**
   * The stream is lost; the work goes on while its leases last. A stream without Welcome was none.
   */
  public void disconnected(Instant now) {
    state =
        switch (state) {
          case State.Down down -> down;
          case State.Greeting greeting -> new State.Down(greeting.downSince());
          case State.Open open -> new State.Down(now);
        };
  }

  public boolean isOpen() {
    return state instanceof State.Open;
  }

  /** Whether nothing is being worked on. */
  public boolean isIdle() {
    return work.isIdle();
  }

  /** Whether no result waits for its acknowledgement. */
  public boolean owesNothing() {
    return work.owedRefs().isEmpty();
  }

  public List<AgentMove> gatewaySaid(GatewaySays said, Instant now) {
    return switch (state) {
      case State.Down down -> List.of();
      case State.Greeting greeting ->
          said instanceof GatewaySays.Welcome welcome
              ? welcomed(welcome, now)
              : List.of(
                  new HangUp(
                      "the gateway was expected to say Welcome first, was "
                          + said.getClass().getSimpleName()));
      case State.Open open -> inOpen(said, now);
    };
  }

  private List<AgentMove> welcomed(GatewaySays.Welcome welcome, Instant now) {
    state = new State.Open(welcome.statusInterval(), now.plus(welcome.statusInterval()));
    paused = false;
    List<AgentMove> moves = new ArrayList<>();
    for (GatewaySays.HeldDecision decision : welcome.held()) {
      if (decision.continues()) {
        work.renew(decision.task(), now.plus(welcome.lease()));
      } else {
        moves.addAll(abandon(decision.task(), "somebody else has it by now"));
      }
    }
    if (draining) {
      moves.add(new Say(new AgentSays.Draining("leaving")));
    }
    work.newsAgain().forEach(news -> moves.add(new Say(news)));
    work.sayAgain(Instant.MAX, now).forEach(result -> moves.add(new Say(result)));
    return moves;
  }

  private List<AgentMove> inOpen(GatewaySays said, Instant now) {
    return switch (said) {
      case GatewaySays.Welcome welcome ->
          List.of(new HangUp("the gateway was expected to say Welcome once, was a second"));
      case GatewaySays.Assign assign -> assigned(assign, now);
      case GatewaySays.LeaseRenewed renewed -> {
        work.renew(renewed.task(), now.plus(renewed.lease()));
        yield List.of();
      }
      case GatewaySays.LeaseLost lost ->
          freeing(lost.task(), abandon(lost.task(), "the lease is lost"));
      case GatewaySays.Cancel cancel -> cancelled(cancel);
      case GatewaySays.Retract retract ->
          freeing(retract.task(), abandon(retract.task(), "taken back"));
      case GatewaySays.ResultAck ack -> {
        acknowledged(ack);
        yield freeing(ack.task(), List.of());
      }
      case GatewaySays.Answer answer -> answered(answer);
      case GatewaySays.Warning warning ->
          work.find(warning.task()) == null
              ? List.of()
              : List.of(new AgentMove.Warn(warning.task(), warning.text()));
      case GatewaySays.Pause pause -> pause(true);
      case GatewaySays.Resume resume -> pause(false);
      case GatewaySays.GoAway away -> List.of(new MoveOn(away.reason()));
      case GatewaySays.Nack nack -> List.of();
    };
  }

  /**
   * A status may have crossed what the gateway said, and would block the freed slot until the next
   * status: the true number follows.
   */
  private List<AgentMove> freeing(TaskRef ref, List<AgentMove> moves) {
    if (!lastStatus.contains(ref)) {
      return moves;
    }
    List<AgentMove> more = new ArrayList<>(moves);
    more.add(new Say(new AgentSays.Capacity(freeSlots())));
    return more;
  }

  private List<AgentMove> assigned(GatewaySays.Assign assign, Instant now) {
    TaskRef ref = assign.task();
    if (work.find(ref) != null || work.owes(ref)) {
      return List.of();
    }
    if (draining || paused) {
      return List.of(new Say(new AgentSays.Refuse(ref, draining ? "draining" : "paused")));
    }
    if (work.size() >= identity.slots()) {
      return List.of(
          new Say(new AgentSays.Refuse(ref, "all " + identity.slots() + " slots are in use")));
    }
    Duration deadline = assign.deadline();
    work.hold(ref, now.plus(assign.lease()), deadline == null ? null : now.plus(deadline));
    return List.of(
        new Say(new AgentSays.Accept(ref)),
        new Start(ref, assign.attempt(), assign.spec(), assign.context()));
  }

  private List<AgentMove> answered(GatewaySays.Answer answer) {
    AgentWork.Held held = work.find(answer.task());
    if (held == null || !held.answered(answer)) {
      return List.of();
    }
    return List.of(new AgentMove.Answered(answer));
  }

  private List<AgentMove> pause(boolean on) {
    paused = on;
    return say(new AgentSays.Capacity(freeSlots()));
  }

  private List<AgentMove> abandon(TaskRef ref, String reason) {
    if (work.find(ref) == null) {
      return List.of();
    }
    work.drop(ref);
    return List.of(new Stop(ref, Duration.ZERO, reason));
  }

  /** What is not running is confirmed at once, so that the gateway need not ask again. */
  private List<AgentMove> cancelled(GatewaySays.Cancel cancel) {
    AgentWork.Held held = work.find(cancel.task());
    if (held == null) {
      return List.of(new Say(new AgentSays.Cancelled(cancel.task(), "was not running")));
    }
    if (held.cancelled()) {
      return List.of();
    }
    held.cancel();
    return List.of(new Stop(cancel.task(), cancel.grace(), cancel.reason()));
  }

  /** A result has its answer, on the stream or beside it. */
  public void acknowledged(GatewaySays.ResultAck ack) {
    work.acknowledged(ack.task(), ack.resultId());
  }

  /** The work has begun. */
  public List<AgentMove> started(TaskRef ref) {
    AgentWork.Held held = work.find(ref);
    if (held == null) {
      return List.of();
    }
    held.start();
    return say(new AgentSays.Started(ref));
  }

  /** The newest checkpoint is said again on the next stream; all else of a progress is not. */
  public List<AgentMove> progressed(AgentSays.Progress progress) {
    AgentWork.Held held = work.find(progress.task());
    if (held == null) {
      return List.of();
    }
    held.progressed(progress);
    return say(progress);
  }

  /** The work can't go on without an answer. */
  public List<AgentMove> blocked(AgentSays.RaiseBlocker blocker) {
    return asked(blocker.task(), blocker.blockerId(), blocker);
  }

  /** The work needs more files than were declared. */
  public List<AgentMove> requested(AgentSays.RequestFiles request) {
    return asked(request.task(), request.requestId(), request);
  }

  private List<AgentMove> asked(TaskRef ref, String id, AgentSays question) {
    AgentWork.Held held = work.find(ref);
    if (held == null) {
      return List.of();
    }
    held.asked(id, question);
    return say(question);
  }

  public List<AgentMove> reached(TaskRef ref, MilestoneId milestone) {
    AgentWork.Held held = work.find(ref);
    if (held == null) {
      return List.of();
    }
    held.reach(milestone);
    return say(new AgentSays.MilestoneReached(ref, milestone));
  }

  /** The work has ended by itself. Of an attempt that was abandoned nobody wants to know. */
  public List<AgentMove> finished(AgentSays.Result result, Instant now) {
    AgentWork.Held held = work.find(result.task());
    if (held == null) {
      return List.of();
    }
    if (held.cancelled()) {
      return stopped(result.task(), "ended by itself");
    }
    work.owe(result, now);
    return say(result);
  }

  /** The work has stopped, because it was to. */
  public List<AgentMove> stopped(TaskRef ref, String how) {
    AgentWork.Held held = work.find(ref);
    if (held == null) {
      return List.of();
    }
    work.drop(ref);
    return say(new AgentSays.Cancelled(ref, how));
  }

  /** No new work is taken. */
  public List<AgentMove> drain(String reason) {
    draining = true;
    return say(new AgentSays.Draining(reason));
  }

  /** Everything that runs is stopped and left out of the next status: somebody else may have it. */
  public List<AgentMove> giveBack(String reason) {
    List<AgentMove> moves = new ArrayList<>();
    work.heldRefs().forEach(ref -> moves.addAll(abandon(ref, reason)));
    moves.addAll(say(status()));
    return moves;
  }

  /** Time has passed. */
  public List<AgentMove> tick(Instant now) {
    List<AgentMove> moves = new ArrayList<>();
    for (AgentWork.Held held : work.held()) {
      if (!now.isBefore(lastMoment(held))) {
        moves.addAll(abandon(held.task, "its lease was not renewed"));
      } else if (held.deadline != null && !now.isBefore(held.deadline)) {
        moves.addAll(ranOver(held, now));
      }
    }
    moves.addAll(onStream(now));
    return moves;
  }

  private Instant lastMoment(AgentWork.Held held) {
    return held.leaseEnd().minus(clocks.leaseMargin());
  }

  /** The scheduler's own clock will say the same; whoever is first does no harm. */
  private List<AgentMove> ranOver(AgentWork.Held held, Instant now) {
    AgentSays.Result result =
        new AgentSays.Result(
            held.task,
            "deadline-" + held.task.fence(),
            AgentSays.Outcome.FAILED,
            "not done within its deadline",
            Map.of(),
            List.of(),
            List.of());
    work.owe(result, now);
    List<AgentMove> moves = new ArrayList<>();
    moves.add(new Stop(held.task, Duration.ZERO, "not done within its deadline"));
    moves.addAll(say(result));
    return moves;
  }

  private List<AgentMove> onStream(Instant now) {
    return switch (state) {
      case State.Down down -> goAround(down.since(), now);
      case State.Greeting greeting when !now.isBefore(greeting.since().plus(clocks.welcome())) ->
          List.of(new HangUp("no Welcome within " + clocks.welcome().toSeconds() + " s of Hello"));
      case State.Greeting greeting -> goAround(greeting.downSince(), now);
      case State.Open open -> report(open, now);
    };
  }

  private List<AgentMove> goAround(Instant downSince, Instant now) {
    if (now.isBefore(downSince.plus(clocks.reportBeside()))) {
      return List.of();
    }
    return work.sayAgain(now.minus(clocks.resultAgain()), now).stream()
        .<AgentMove>map(Report::new)
        .toList();
  }

  private List<AgentMove> report(State.Open open, Instant now) {
    List<AgentMove> moves = new ArrayList<>();
    work.sayAgain(now.minus(clocks.resultAgain()), now)
        .forEach(result -> moves.add(new Say(result)));
    if (!now.isBefore(open.nextStatus())) {
      state = new State.Open(open.statusInterval(), now.plus(open.statusInterval()));
      moves.add(new Say(status()));
    }
    return moves;
  }

  private AgentSays.Status status() {
    List<TaskRef> all = work.all();
    lastStatus = Set.copyOf(all);
    return new AgentSays.Status(all, freeSlots());
  }

  private int freeSlots() {
    return draining || paused ? 0 : Math.max(0, identity.slots() - work.size());
  }

  /** When the next {@link #tick} has something to do; null: nothing is timed. */
  public @Nullable Instant nextDeadline() {
    Stream<Instant> ofWork =
        work.held().stream()
            .flatMap(held -> Stream.of(lastMoment(held), held.deadline))
            .filter(AgentSession::isSet);
    return Stream.concat(ofWork, ofStream()).min(Instant::compareTo).orElse(null);
  }

  private static boolean isSet(@Nullable Instant instant) {
    return instant != null;
  }

  private Stream<Instant> ofStream() {
    Instant again = work.nextAgain(clocks.resultAgain());
    Stream<Instant> results = again == null ? Stream.of() : Stream.of(again);
    return switch (state) {
      case State.Down down -> results.map(at -> later(at, down.since()));
      case State.Greeting greeting ->
          Stream.concat(
              results.map(at -> later(at, greeting.downSince())),
              Stream.of(greeting.since().plus(clocks.welcome())));
      case State.Open open -> Stream.concat(results, Stream.of(open.nextStatus()));
    };
  }

  private Instant later(Instant again, Instant downSince) {
    Instant around = downSince.plus(clocks.reportBeside());
    return again.isBefore(around) ? around : again;
  }

  private List<AgentMove> say(AgentSays message) {
    return isOpen() ? List.of(new Say(message)) : List.of();
  }
}
