package dev.makespan.gateway;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySession;
import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.SessionLimits;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.gateway.records.Holdings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All streams of this gateway. A session may have two for a moment: the one that serves it, and the
 * next, which has said Hello and takes over with its Welcome. What the scheduler says in between is
 * for the first, so that nothing falls between them.
 */
public final class Sessions {

  private final Set<LiveSession> streams = ConcurrentHashMap.newKeySet();
  private final Map<SessionId, LiveSession> serving = new ConcurrentHashMap<>();
  private final Map<SessionId, LiveSession> greeted = new ConcurrentHashMap<>();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Boolean> empty = new CompletableFuture<>();
  private final Scheduler scheduler;
  private final Holdings holdings;
  private final SessionClocks clocks;
  private final SessionLimits limits;
  private final InstantSource time;
  private final DoubleSupplier chance;
  private final int maxStreams;
  private final int outboxLimit;

  public Sessions(
      Scheduler scheduler,
      Holdings holdings,
      SessionClocks clocks,
      SessionLimits limits,
      InstantSource time,
      DoubleSupplier chance,
      int maxStreams,
      int outboxLimit) {
    this.scheduler = scheduler;
    this.holdings = holdings;
    this.clocks = clocks;
    this.limits = limits;
    this.time = time;
    this.chance = chance;
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
            new GatewaySession(clocks, limits, chance.getAsDouble(), time.instant()),
            stream,
            loop,
            this,
            scheduler,
            holdings,
            time,
            outboxLimit);
    streams.add(session);
    return session;
  }

  /**
   * A stream has said Hello.
   *
   * @return whether it is the newest of its session, so that the scheduler is to hear of it; one
   *     whose session has a newer stream already only says it again, after a lost link
   */
  boolean greeted(SessionId id, LiveSession session) {
    LiveSession next = greeted.get(id);
    if (session.equals(serving.get(id))) {
      return next == null;
    }
    greeted.put(id, session);
    if (next != null && !next.equals(session)) {
      next.supersede();
    }
    return true;
  }

  void ended(LiveSession session, @Nullable SessionId id, String reason) {
    streams.remove(session);
    if (closing.get() && streams.isEmpty()) {
      empty.complete(true);
    }
    if (id == null) {
      return;
    }
    boolean wasNext = greeted.remove(id, session);
    boolean served = serving.remove(id, session);
    boolean another = wasNext ? serving.containsKey(id) : greeted.containsKey(id);
    if ((wasNext || served) && !another) {
      scheduler.closed(id, reason);
    }
  }

  /** Passes on what the scheduler says. A session that is gone hears nothing. */
  public void tell(int shard, SessionId id, GatewaySays message) {
    if (!(message instanceof GatewaySays.ResultAck || scheduler.isHome(id, shard))) {
      return;
    }
    LiveSession next = message instanceof GatewaySays.Welcome ? greeted.remove(id) : null;
    if (next != null) {
      LiveSession before = serving.put(id, next);
      if (before != null) {
        before.supersede();
      }
    }
    LiveSession session = serving.get(id);
    if (session != null) {
      session.schedulerSaid(message);
    }
  }

  /** Ends a session for the scheduler: the stream that serves it, or else the one that is to. */
  public void close(int shard, SessionId id, String reason) {
    LiveSession session = serving.get(id);
    if (session == null) {
      session = greeted.get(id);
    }
    if (session != null && scheduler.isHome(id, shard)) {
      session.close(Ending.REPLACED, reason);
    }
  }

  /** The link to a shard is there again: every session that works for it says who it is. */
  public void linkOpened(int shard) {
    streams.forEach(session -> session.linkOpened(shard));
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
    streams.forEach(session -> session.goAway(reason));
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
