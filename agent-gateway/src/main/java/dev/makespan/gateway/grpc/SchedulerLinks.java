package dev.makespan.gateway.grpc;

import dev.makespan.gateway.Reports;
import dev.makespan.gateway.Sessions;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;

/** A link to each shard. How many shards there are is learned from the first that answers. */
public final class SchedulerLinks {

  private final Map<Integer, SchedulerLink> links = new ConcurrentSkipListMap<>();
  private final String gatewayId;
  private final Replicas replicas;
  private final ShardOuts outs;
  private final Sessions sessions;
  private final Reports reports;
  private final ScheduledExecutorService clock;
  private final DoubleSupplier chance;

  public SchedulerLinks(
      String gatewayId,
      Replicas replicas,
      ShardOuts outs,
      Sessions sessions,
      Reports reports,
      ScheduledExecutorService clock,
      DoubleSupplier chance) {
    this.gatewayId = gatewayId;
    this.replicas = replicas;
    this.outs = outs;
    this.sessions = sessions;
    this.reports = reports;
    this.clock = clock;
    this.chance = chance;
  }

  public void start() {
    grow(1);
  }

  /** There are so many shards; those that have no link yet get one. */
  private void grow(int shards) {
    for (int shard = links.size() + 1; shard <= shards; shard++) {
      SchedulerLink link =
          new SchedulerLink(
              gatewayId, shard, replicas, outs, sessions, reports, clock, chance, this::learned);
      links.put(shard, link);
      link.start();
    }
  }

  private void learned(int shards) {
    outs.known(shards);
    clock.execute(() -> grow(shards));
  }

  public void stop() {
    links.values().forEach(SchedulerLink::stop);
    replicas.close();
  }

  /** Whether agents can be welcomed. */
  public boolean isLinked() {
    return links.values().stream().anyMatch(SchedulerLink::isLinked);
  }

  public String schedulerAddress() {
    return replicas.name();
  }
}
