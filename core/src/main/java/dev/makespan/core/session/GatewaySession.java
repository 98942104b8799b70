package dev.makespan.core.session;

import dev.makespan.core.session.SessionMove.Announce;
import dev.makespan.core.session.SessionMove.Close;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.core.session.SessionMove.Forward;
import dev.makespan.core.session.SessionMove.Tell;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's end of one agent's stream: messages and time in, moves out. It guards the order of
 * messages and the agent's capacity; whether a fence still counts is the scheduler's to say, so
 * what is late passes. Not thread-safe: one stream owns it.
 */
public final class GatewaySession {

  /** Where the stream is. */
  private sealed interface State {
    record AwaitingHello(Instant since) implements State {}

    record AwaitingWelcome(AgentSays.Hello hello, Instant since) implements State {}

    record Open(
        AgentSays.Hello hello, OpenSession open, Duration statusInterval, MessageBudget budget)
        implements State {}

    record Closed() implements State {}
  }

  private final SessionClocks clocks;
  private final SessionLimits limits;
  private final Instant renewAt;
  private State state;
  private Instant heardAt;
  private @Nullable Instant askedToMoveAt;

  /**
   * A stream that was just opened.
   *
   * @param chance from 0 to 1: when this stream is renewed
   */
  public GatewaySession(SessionClocks clocks, SessionLimits limits, double chance, Instant now) {
    this.clocks = clocks;
    this.limits = limits;
    this.renewAt = now.plus(clocks.renewal(chance));
    this.state = new State.AwaitingHello(now);
    this.heardAt = now;
  }

  /** The agent's message is understood; its order is judged here. */
  public List<SessionMove> agentSaid(AgentSays said, Instant now) {
    heardAt = now;
    return switch (state) {
      case State.AwaitingHello awaiting ->
          said instanceof AgentSays.Hello hello
              ? greet(hello, now)
              : close(Ending.OUT_OF_ORDER, "expected Hello first, was " + nameOf(said));
      case State.AwaitingWelcome awaiting ->
          close(Ending.OUT_OF_ORDER, "expected nothing before Welcome, was " + nameOf(said));
      case State.Open open when !open.budget().take(now) -> flooded(open.budget());
      case State.Open open -> closing(open.open().agentSaid(said));
      case State.Closed closed -> List.of();
    };
  }

  private List<SessionMove> flooded(MessageBudget budget) {
    return close(
        Ending.FLOODING,
        "expected at most " + budget.perSecond() + " messages a second from this agent");
  }

  /** The agent's message makes no sense. Fatal only for a Hello, without which nobody is there. */
  public List<SessionMove> agentMumbled(String problem, Instant now) {
    heardAt = now;
    return switch (state) {
      case State.AwaitingHello awaiting -> close(Ending.MALFORMED, problem);
      case State.AwaitingWelcome awaiting -> close(Ending.OUT_OF_ORDER, problem);
      case State.Open open when !open.budget().take(now) -> flooded(open.budget());
      case State.Open open -> List.of(new Tell(new GatewaySays.Nack(problem)));
      case State.Closed closed -> List.of();
    };
  }

  /** The Hello is of another version, whose fields may mean anything. */
  public List<SessionMove> agentSpeaks(int version) {
    return close(
        Ending.OTHER_VERSION,
        "the agent speaks protocol version "
            + version
            + ", this gateway speaks "
            + AgentSays.PROTOCOL_VERSION
            + ": use an agent of the gateway's release");
  }

  /** The scheduler's message for the agent. */
  public List<SessionMove> schedulerSaid(GatewaySays said, Instant now) {
    return switch (state) {
      case State.AwaitingHello awaiting -> List.of();
      case State.AwaitingWelcome awaiting -> beforeWelcome(awaiting.hello(), said, now);
      case State.Open open -> closing(open.open().schedulerSaid(said));
      case State.Closed closed -> List.of();
    };
  }

  /** The link to the scheduler is there again, and the other end may remember nothing. */
  public List<SessionMove> linkOpened() {
    return switch (state) {
      case State.AwaitingHello awaiting -> List.of();
      case State.AwaitingWelcome awaiting -> List.of(new Announce(awaiting.hello()));
      case State.Open open -> open.open().announcedAgain(open.hello());
      case State.Closed closed -> List.of();
    };
  }

  /** Nothing was read on purpose up to now: the agent's silence is not its own. */
  public void deafUntil(Instant now) {
    heardAt = now;
  }

  /** Time has passed. */
  public List<SessionMove> tick(Instant now) {
    return switch (state) {
      case State.AwaitingHello awaiting when passed(awaiting.since(), clocks.hello(), now) ->
          close(Ending.SILENT, "no Hello within " + clocks.hello().toSeconds() + " s");
      case State.AwaitingWelcome awaiting when passed(awaiting.since(), clocks.welcome(), now) ->
          close(
              Ending.UNAVAILABLE,
              "no scheduler has answered within " + clocks.welcome().toSeconds() + " s; come back");
      case State.Open open when passed(heardAt, patience(open), now) ->
          close(Ending.SILENT, "nothing was heard for " + patience(open).toSeconds() + " s");
      case State.AwaitingHello awaiting -> List.of();
      case State.AwaitingWelcome awaiting -> List.of();
      case State.Open open -> List.of();
      case State.Closed closed -> List.of();
    };
  }

  /**
   * A stream that is old enough is to be renewed, so that load spreads. To be asked only while the
   * next one can be welcomed.
   */
  public List<SessionMove> renew(Instant now) {
    if (askedToMoveAt == null) {
      return now.isBefore(renewAt) ? List.of() : goAway("streams are renewed by time", now);
    }
    return passed(askedToMoveAt, clocks.overlap(), now)
        ? close(
            Ending.UNAVAILABLE,
            "asked to move " + clocks.overlap().toSeconds() + " s ago; come back")
        : List.of();
  }

  /** The agent is asked to open its next stream, here or elsewhere. */
  public List<SessionMove> goAway(String reason, Instant now) {
    if (!(state instanceof State.Open)) {
      return List.of();
    }
    askedToMoveAt = now;
    return List.of(new Tell(new GatewaySays.GoAway(reason)));
  }

  /** Ends the stream for a reason from outside: an agent that does not read, a newer session. */
  public List<SessionMove> close(Ending ending, String reason) {
    boolean already = state instanceof State.Closed;
    state = new State.Closed();
    return already ? List.of() : List.of(new Close(ending, reason));
  }

  /** The stream is gone; nothing more is said. */
  public void ended() {
    state = new State.Closed();
  }

  private Duration patience(State.Open open) {
    return open.statusInterval().multipliedBy(clocks.silentIntervals());
  }

  private static boolean passed(Instant since, Duration patience, Instant now) {
    return !now.isBefore(since.plus(patience));
  }

  private List<SessionMove> greet(AgentSays.Hello hello, Instant now) {
    if (hello.protocolVersion() != AgentSays.PROTOCOL_VERSION) {
      return agentSpeaks(hello.protocolVersion());
    }
    state = new State.AwaitingWelcome(hello, now);
    return List.of(new Announce(hello));
  }

  private List<SessionMove> beforeWelcome(AgentSays.Hello hello, GatewaySays said, Instant now) {
    return switch (said) {
      case GatewaySays.Welcome welcome -> {
        OpenSession open = new OpenSession(hello);
        open.decided(welcome);
        MessageBudget budget = new MessageBudget(limits, hello.slots(), now);
        state = new State.Open(hello, open, welcome.statusInterval(), budget);
        yield List.of(new Tell(welcome));
      }
      case GatewaySays.Assign assign ->
          List.of(
              new Forward(
                  new AgentSays.Refuse(assign.task(), "the session has not been welcomed")));
      case GatewaySays.LeaseRenewed early -> List.of();
      case GatewaySays.LeaseLost early -> List.of();
      case GatewaySays.Cancel early -> List.of();
      case GatewaySays.Retract early -> List.of();
      case GatewaySays.ResultAck early -> List.of();
      case GatewaySays.Answer early -> List.of();
      case GatewaySays.Warning early -> List.of();
      case GatewaySays.Pause early -> List.of();
      case GatewaySays.Resume early -> List.of();
      case GatewaySays.GoAway early -> List.of();
      case GatewaySays.Nack early -> List.of();
    };
  }

  private List<SessionMove> closing(List<SessionMove> moves) {
    if (!moves.isEmpty() && moves.getLast() instanceof Close) {
      state = new State.Closed();
    }
    return moves;
  }

  /** Whether the agent is welcome, holds nothing, owes nothing and is asked for nothing. */
  public boolean isIdle() {
    return state instanceof State.Open open && open.open().isIdle();
  }

  /** The attempts that the agent has accepted, as far as this stream has seen. */
  public List<TaskRef> held() {
    return state instanceof State.Open open ? open.open().held() : List.of();
  }

  static String nameOf(AgentSays said) {
    return said.getClass().getSimpleName();
  }
}
