package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySession;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.SessionMove;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.gateway.records.Holdings;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One stream with its session: performs what the rules answer. Everything happens on the stream's
 * own event loop; what comes from elsewhere is handed to it.
 */
public final class LiveSession {

  private final GatewaySession rules;
  private final AgentStream stream;
  private final Executor loop;
  private final Sessions sessions;
  private final Scheduler scheduler;
  private final Holdings holdings;
  private final InstantSource time;
  private final Outbox outbox;

  private @Nullable SessionId id;
  private @Nullable Runnable stashed;
  private boolean requestOwed;
  private boolean ended;
  private volatile boolean superseded;

  LiveSession(
      GatewaySession rules,
      AgentStream stream,
      Executor loop,
      Sessions sessions,
      Scheduler scheduler,
      Holdings holdings,
      InstantSource time,
      int outboxLimit) {
    this.rules = rules;
    this.stream = stream;
    this.loop = loop;
    this.sessions = sessions;
    this.scheduler = scheduler;
    this.holdings = holdings;
    this.time = time;
    this.outbox = new Outbox(outboxLimit);
  }

  /** An agent's message, on the loop. */
  public void agentSaid(AgentSays said) {
    hear(() -> perform(rules.agentSaid(said, time.instant())));
  }

  /** An agent's message that makes no sense, on the loop. */
  public void agentMumbled(String problem) {
    hear(() -> perform(rules.agentMumbled(problem, time.instant())));
  }

  /** A Hello of another protocol version, on the loop. */
  public void agentSpeaks(int version) {
    perform(rules.agentSpeaks(version));
  }

  /** The stream takes more, on the loop. */
  public void streamReady() {
    if (!ended) {
      outbox.drain(stream);
    }
  }

  /** The stream was ended by the agent or the network, on the loop. */
  public void streamEnded(String reason) {
    rules.ended();
    end(reason);
  }

  /** From any thread. */
  void schedulerSaid(GatewaySays said) {
    loop.execute(() -> perform(rules.schedulerSaid(said, time.instant())));
  }

  /** Asks the agent to open its next stream; from any thread. */
  void goAway(String reason) {
    loop.execute(() -> perform(rules.goAway(reason, time.instant())));
  }

  /**
   * The session goes on in a newer stream, of which the scheduler knows from now on; from any
   * thread. What this one still says is late at once: a status of before would give up what was
   * accepted since.
   */
  void supersede() {
    superseded = true;
    close(Ending.REPLACED, "a newer stream of the session was opened");
  }

  /** From any thread. */
  void close(Ending ending, String reason) {
    loop.execute(() -> perform(rules.close(ending, reason)));
  }

  /** A shard may remember nothing, and hears again who works for it; from any thread. */
  void linkOpened(int shard) {
    loop.execute(() -> {
      if (id != null && scheduler.isHome(id, shard)) {
        perform(rules.linkOpened());
      }
    });
  }

  /** The scheduler takes messages again; from any thread. */
  void resume() {
    loop.execute(this::goOn);
  }

  /** Time has passed; from any thread. */
  void tick() {
    loop.execute(() -> {
      if (isDeaf()) {
        rules.deafUntil(time.instant());
      }
      perform(rules.tick(time.instant()));
      if (scheduler.takes()) {
        perform(rules.renew(time.instant()));
      }
      if (!ended && id != null && scheduler.movesOn(id, rules.isIdle())) {
        perform(rules.linkOpened());
      }
    });
  }

  /** Nothing is read while the scheduler takes nothing: agents wait instead of our memory. */
  private void hear(Runnable message) {
    if (id != null && !scheduler.takes()) {
      stashed = message;
      return;
    }
    message.run();
    request();
  }

  private void goOn() {
    Runnable first = stashed;
    stashed = null;
    if (first != null) {
      hear(first);
    } else if (requestOwed) {
      request();
    }
  }

  private void request() {
    requestOwed = !scheduler.takes();
    if (!ended && !requestOwed) {
      stream.request();
    }
  }

  private boolean isDeaf() {
    return requestOwed || stashed != null;
  }

  private void perform(List<SessionMove> moves) {
    for (SessionMove move : moves) {
      if (ended || (move instanceof SessionMove.Announce announce && !isNewest(announce))) {
        return;
      }
      perform(move);
    }
  }

  /**
   * A stream whose session has a newer one has nothing to announce, and nothing to say after it.
   */
  private boolean isNewest(SessionMove.Announce announce) {
    id = announce.hello().session();
    return !superseded && sessions.greeted(id, this);
  }

  private void perform(SessionMove move) {
    switch (move) {
      case SessionMove.Announce announce -> scheduler.opened(announce.hello());
      case SessionMove.Forward forward -> {
        if (id != null && !superseded) {
          heldStill(id, forward.message());
          scheduler.said(id, forward.message());
        }
      }
      case SessionMove.Tell tell -> tell(tell.message());
      case SessionMove.Close close -> {
        stream.close(close.ending(), close.reason());
        end(close.reason());
      }
    }
  }

  private void heldStill(SessionId session, AgentSays said) {
    if (said instanceof AgentSays.Status status) {
      holdings.held(session, status.held());
    }
  }

  /** Who holds what is the scheduler's word. */
  private void given(SessionId session, GatewaySays said) {
    if (said instanceof GatewaySays.Assign assign) {
      holdings.given(session, assign.task());
    } else if (said instanceof GatewaySays.LeaseRenewed renewed) {
      holdings.given(session, renewed.task());
    } else if (said instanceof GatewaySays.Welcome welcome) {
      welcome.held().stream()
          .filter(GatewaySays.HeldDecision::continues)
          .forEach(decision -> holdings.given(session, decision.task()));
    }
  }

  private void tell(GatewaySays message) {
    if (id != null) {
      given(id, message);
    }
    if (!outbox.offer(message, stream)) {
      perform(rules.close(Ending.SLOW, "the agent does not read what it is told"));
    }
  }

  private void end(String reason) {
    if (!ended) {
      ended = true;
      stashed = null;
      outbox.clear();
      sessions.ended(this, id, reason);
    }
  }
}
