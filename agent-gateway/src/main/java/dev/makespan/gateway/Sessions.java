package dev.makespan.gateway;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySession;
import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.SessionMove.Ending;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** All streams of this gateway, and those among them that have a name. */
public final class Sessions {

  private final Set<LiveSession> streams = ConcurrentHashMap.newKeySet();
  private final Map<SessionId, LiveSession> named = new ConcurrentHashMap<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Boolean> empty = new CompletableFuture<>();
  private final Scheduler scheduler;
  private final SessionClocks clocks;
  private final InstantSource time;
  private final int maxStreams;
  private final int outboxLimit;

  public Sessions(
      Scheduler scheduler,
      SessionClocks clocks,
      InstantSource time,
      int maxStreams,
      int outboxLimit) {
    this.scheduler = scheduler;
    this.clocks = clocks;
    this.time = time;
    this.maxStreams = maxStreams;
    this.outboxLimit = outboxLimit;
  }

  /**
   * A new stream, on its loop.
   *
   * @return null: there is no room for it
   */
  public @Nullable LiveSession open(AgentStream stream, Executor loop) {
    if (closing.get() || streams.size() >= maxStreams) {
      return null;
    }
    LiveSession session =
        new LiveSession(
            new GatewaySession(clocks, time.instant()),
            stream,
            loop,
            this,
            scheduler,
            time,
            outboxLimit);
    streams.add(session);
    return session;
  }

  /** A session outlives its stream: a newer stream of the same name takes the place. */
  void named(SessionId id, LiveSession session) {
    LiveSession older = named.put(id, session);
    if (older != null && older != session) {
      older.close(Ending.REPLACED, "a newer stream of the session was opened");
    }
  }

  void ended(LiveSession session, @Nullable SessionId id, String reason) {
    streams.remove(session);
    if (closing.get() && streams.isEmpty()) {
      empty.complete(true);
    }
    if (id != null && named.remove(id, session)) {
      scheduler.closed(id, reason);
    }
  }

  /** Passes on what the scheduler says. A session that is gone hears nothing. */
  public void tell(int shard, SessionId id, GatewaySays message) {
    LiveSession session = named.get(id);
    boolean meant = message instanceof GatewaySays.ResultAck || scheduler.isHome(id, shard);
    if (session != null && meant) {
      session.schedulerSaid(message);
    }
  }

  /** Ends a session for the scheduler. */
  public void close(int shard, SessionId id, String reason) {
    LiveSession session = named.get(id);
    if (session != null && scheduler.isHome(id, shard)) {
      session.close(Ending.REPLACED, reason);
    }
  }

  /** The link to a shard is there again: every session that works for it says who it is. */
  public void linkOpened(int shard) {
    named.forEach((id, session) -> {
      if (scheduler.isHome(id, shard)) {
        session.linkOpened();
      }
    });
    resume();
  }

  /** The scheduler takes messages again. */
  public void resume() {
    streams.forEach(LiveSession::resume);
  }

  /** Time has passed. */
  public void tick() {
    streams.forEach(LiveSession::tick);
  }

  /** No new streams; agents are asked to go elsewhere. */
  public void goAway(String reason) {
    closing.set(true);
    if (streams.isEmpty()) {
      empty.complete(true);
    }
    named.values().forEach(session -> session.schedulerSaid(new GatewaySays.GoAway(reason)));
  }

  /** Ends what is left. */
  public void closeAll(String reason) {
    streams.forEach(session -> session.close(Ending.UNAVAILABLE, reason));
  }

  /** Returns when all agents have gone, or after {@code patience}. Blocks. */
  public void awaitEmpty(Duration patience) {
    empty.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  public int size() {
    return streams.size();
  }
}
