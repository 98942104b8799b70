package dev.makespan.gateway.grpc;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.Fences;
import dev.makespan.core.task.TaskRef;
import dev.makespan.gateway.Homes;
import dev.makespan.gateway.Scheduler;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What agents say, each to the shard that it works for; a result to the shard that it is of, and of
 * one that there is not to any, so that it is answered.
 */
public final class ShardOuts implements Scheduler {

  private final Map<Integer, LinkOut> outs = new ConcurrentSkipListMap<>();
  private final Homes homes;
  private final InstantSource time;

  /** 0: not known yet. */
  private volatile int shards;

  public ShardOuts(Homes homes, InstantSource time) {
    this.homes = homes;
    this.time = time;
  }

  /** There are so many shards. A fence that names another one was never given out. */
  void known(int shards) {
    this.shards = shards;
    homes.known(shards);
  }

  private boolean mayBe(int shard) {
    return shards == 0 || shard <= shards;
  }

  LinkOut to(int shard) {
    return outs.computeIfAbsent(shard, _ -> new LinkOut());
  }

  /** A shard can be spoken to. */
  void open(int shard) {
    homes.open(shard);
  }

  /** A shard can't be spoken to. */
  void shut(int shard) {
    homes.shut(shard);
  }

  /** Shards that are away do not keep agents of others from being read. */
  @Override
  public boolean takes() {
    boolean some = false;
    for (LinkOut out : outs.values()) {
      if (out.isAttached() && !out.takes()) {
        return false;
      }
      some |= out.isAttached();
    }
    return some;
  }

  @Override
  public void opened(AgentSays.Hello hello) {
    int home = homes.settle(hello.session(), hello.roles(), shardOf(hello), time.instant());
    to(home).opened(hello);
  }

  private @Nullable Integer shardOf(AgentSays.Hello hello) {
    return Stream.concat(hello.held().stream(), hello.unacknowledged().stream())
        .map(ref -> Fences.shardOf(ref.fence()))
        .filter(this::mayBe)
        .findFirst()
        .orElse(null);
  }

  @Override
  public boolean said(SessionId session, AgentSays message) {
    Integer home = homes.find(session);
    if (message instanceof AgentSays.Result result) {
      int shard = Fences.shardOf(result.task().fence());
      return to(mayBe(shard) ? shard : home == null ? 1 : home).said(session, message);
    }
    return home != null && to(home).said(session, fit(session, message, home));
  }

  /** A shard hears of its own attempts alone, and of no room that it is not to use. */
  private AgentSays fit(SessionId session, AgentSays message, int home) {
    boolean leaving = homes.isLeaving(session);
    if (message instanceof AgentSays.Status m) {
      return new AgentSays.Status(of(home, m.held()), leaving ? 0 : m.freeSlots());
    }
    return leaving && message instanceof AgentSays.Capacity ? new AgentSays.Capacity(0) : message;
  }

  private static List<TaskRef> of(int shard, List<TaskRef> refs) {
    return refs.stream().filter(ref -> Fences.shardOf(ref.fence()) == shard).toList();
  }

  @Override
  public boolean isHome(SessionId session, int shard) {
    Integer home = homes.find(session);
    return home != null && home == shard;
  }

  @Override
  public void closed(SessionId session, String reason) {
    Integer home = homes.find(session);
    homes.leave(session);
    if (home != null) {
      to(home).closed(session, reason);
    }
  }

  @Override
  public boolean movesOn(SessionId session, boolean idle) {
    return switch (homes.advise(session, idle, time.instant())) {
      case Homes.Advice.Stay _ -> false;
      case Homes.Advice.Finish finish -> {
        to(finish.shard()).said(session, new AgentSays.Capacity(0));
        yield false;
      }
      case Homes.Advice.Move move -> {
        to(move.from()).closed(session, "the agent looks for work in shard " + move.to());
        yield true;
      }
    };
  }
}
