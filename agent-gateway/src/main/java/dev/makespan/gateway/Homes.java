package dev.makespan.gateway;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which shard each session works for: one at a time, so that no slot is given away twice. An agent
 * that finds nothing to do there looks in at the next shard; one that works on where many of its
 * role do makes room for shards that have few. Any thread.
 */
public final class Homes {

  /** An idle session stays so long before it looks in elsewhere. */
  static final Duration LOOK = Duration.ofSeconds(1);

  /** A busy one stays so long where more of its role are than its share. */
  static final Duration TURN = Duration.ofSeconds(10);

  /** So many times more must be idle here than there for another one to go there. */
  private static final int CROWD = 4;

  private static final class Home {
    private final List<Role> roles;
    private int shard;
    private Instant since;
    private boolean idle;
    private boolean leaving;

    Home(List<Role> roles, int shard, Instant since) {
      this.roles = roles;
      this.shard = shard;
      this.since = since;
    }
  }

  private record Post(int shard, List<Role> roles) {}

  private final Map<SessionId, Home> homes = new LinkedHashMap<>();
  private final Map<Post, Integer> counts = new LinkedHashMap<>();
  private final Map<Post, Integer> idle = new LinkedHashMap<>();

  /** Roles of which one is leaving its shard. */
  private final Set<List<Role>> leaving = new LinkedHashSet<>();

  private final SortedSet<Integer> open = new TreeSet<>();

  /** A shard can be reached. */
  public synchronized void open(int shard) {
    open.add(shard);
  }

  /** A shard can't be reached; those who work for it stay, since their leases do. */
  public synchronized void shut(int shard) {
    open.remove(shard);
  }

  /** There are so many shards; who was settled at another is announced at the first. */
  public synchronized void known(int shards) {
    for (Home home : homes.values()) {
      if (home.shard > shards) {
        count(home, -1);
        home.shard = 1;
        count(home, 1);
      }
    }
  }

  /**
   * The home of a session that is announced: as before, or of what it holds, or where the fewest of
   * its role are.
   *
   * @param holding the shard of what it holds; null: it holds nothing
   */
  public synchronized int settle(
      SessionId id, List<Role> roles, @Nullable Integer holding, Instant now) {
    Home before = homes.get(id);
    if (holding == null && before != null && open.contains(before.shard)) {
      return before.shard;
    }
    int shard = holding == null ? fewest(roles) : holding;
    leave(id);
    Home home = new Home(roles, shard, now);
    homes.put(id, home);
    count(home, 1);
    return shard;
  }

  private int fewest(List<Role> roles) {
    return open.stream()
        .min(Comparator.comparingInt((Integer shard) -> count(shard, roles)).thenComparing(s -> s))
        .orElse(1);
  }

  private int count(int shard, List<Role> roles) {
    return counts.getOrDefault(new Post(shard, roles), 0);
  }

  private void count(Home home, int more) {
    Post post = new Post(home.shard, home.roles);
    counts.merge(post, more, Homes::sumOrNothing);
    if (home.idle) {
      idle.merge(post, more, Homes::sumOrNothing);
    }
  }

  private static @Nullable Integer sumOrNothing(int a, int b) {
    return a + b == 0 ? null : a + b;
  }

  /** Null: it was not announced. */
  public synchronized @Nullable Integer find(SessionId id) {
    Home home = homes.get(id);
    return home == null ? null : home.shard;
  }

  public synchronized void leave(SessionId id) {
    Home home = homes.remove(id);
    if (home != null) {
      count(home, -1);
      if (home.leaving) {
        leaving.remove(home.roles);
      }
    }
  }

  /** Whether it takes nothing new, since it is to move when it is done. */
  public synchronized boolean isLeaving(SessionId id) {
    Home home = homes.get(id);
    return home != null && home.leaving;
  }

  /** What a session is to do now. */
  public sealed interface Advice {
    record Stay() implements Advice {}

    /** Take nothing new. */
    record Finish(int shard) implements Advice {}

    record Move(int from, int to) implements Advice {}
  }

  /** To be asked for each session from time to time. */
  public synchronized Advice advise(SessionId id, boolean isIdle, Instant now) {
    Home home = homes.get(id);
    if (home != null && home.idle != isIdle) {
      count(home, -1);
      home.idle = isIdle;
      count(home, 1);
    }
    if (home == null || open.size() < 2 || !open.contains(home.shard)) {
      return new Advice.Stay();
    }
    Duration stayed = Duration.between(home.since, now);
    if (isIdle && (home.leaving || (stayed.compareTo(LOOK) >= 0 && maySpare(home)))) {
      return move(home, now);
    }
    if (!isIdle && !home.leaving && stayed.compareTo(TURN) >= 0 && isCrowded(home)) {
      home.leaving = true;
      leaving.add(home.roles);
      return new Advice.Finish(home.shard);
    }
    return new Advice.Stay();
  }

  private Advice move(Home home, Instant now) {
    int from = home.shard;
    int to = home.leaving ? fewest(home.roles) : next(from);
    count(home, -1);
    home.shard = to;
    count(home, 1);
    home.since = now;
    if (home.leaving) {
      home.leaving = false;
      leaving.remove(home.roles);
    }
    return from == to ? new Advice.Stay() : new Advice.Move(from, to);
  }

  private int next(int shard) {
    SortedSet<Integer> later = open.tailSet(shard + 1);
    return later.isEmpty() ? open.first() : later.first();
  }

  /**
   * The last of its role stays, unless there are too few for all shards; and nobody goes where
   * about as many have nothing to do already.
   */
  private boolean maySpare(Home home) {
    int idleHere = idle.getOrDefault(new Post(home.shard, home.roles), 0);
    int idleThere = idle.getOrDefault(new Post(next(home.shard), home.roles), 0);
    boolean wanted = idleThere == 0 || idleThere * CROWD < idleHere;
    return wanted && (count(home.shard, home.roles) > 1 || total(home.roles) < open.size());
  }

  /** One at a time leaves a shard that has more of a role than its share, or all of too few. */
  private boolean isCrowded(Home home) {
    int here = count(home.shard, home.roles);
    int least = count(fewest(home.roles), home.roles);
    return !leaving.contains(home.roles) && (least == 0 || here > least + 1);
  }

  private int total(List<Role> roles) {
    return open.stream().mapToInt(shard -> count(shard, roles)).sum();
  }
}
