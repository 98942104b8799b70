package dev.makespan.scheduler;

import dev.makespan.core.dispatch.ShardSettings;
import dev.makespan.core.task.Fences;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** What an operator may set; the defaults stand in application.properties. */
@ConfigMapping(prefix = "makespan.shard")
public interface ShardConfig {

  Duration MIN_LEASE = Duration.ofSeconds(5);
  Duration MAX_LEASE = Duration.ofMinutes(10);

  Duration lease();

  Duration delivery();

  Duration statusInterval();

  Duration cancelGrace();

  Duration rest();

  int infraLimit();

  /** How often an owner says that it is there. */
  Duration heartbeat();

  /** How long an owner may be silent before another takes over; at least three heartbeats. */
  Duration expiry();

  /** {@code host:port} where planners and gateways reach this process. */
  String address();

  /** So many shards there are at least; never lowered. */
  int count();

  /** Finished runs are forgotten so long after their end; none: never. */
  Optional<Duration> retention();

  /** Calls of clients that wait at the same time. */
  int waitingCalls();

  /** Events that a watcher may lag. */
  int watchLag();

  /** How long a watcher may take nothing though there is something for it. */
  Duration watchPatience();

  /**
   * The clocks of the rules.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  default ShardSettings toSettings() {
    require("MAKESPAN_LEASE", lease(), MIN_LEASE, MAX_LEASE);
    require("MAKESPAN_STATUS_INTERVAL", statusInterval(), Duration.ofMillis(100), lease());
    require("MAKESPAN_DELIVERY", delivery(), Duration.ofMillis(100), MAX_LEASE);
    require("MAKESPAN_EXPIRY", expiry(), heartbeat().multipliedBy(3), MAX_LEASE);
    if (count() < 1 || count() > Fences.MAX_SHARDS) {
      throw new IllegalArgumentException(
          "MAKESPAN_SHARDS: expected 1 to %d, was %d".formatted(Fences.MAX_SHARDS, count()));
    }
    return new ShardSettings(
        lease(), delivery(), statusInterval(), cancelGrace(), rest(), infraLimit());
  }

  private static void require(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s: expected %s to %s, was %s".formatted(name, least, most, value));
    }
  }
}
