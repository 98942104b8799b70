package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.TaskEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** What the scheduler counts and times; docs/measuring.md lists the names. */
public final class Meters {

  private final MeterRegistry registry;
  private final Timer takeOvers;
  private final Timer commits;
  private final DistributionSummary groupEvents;
  private final Counter retries;
  private final Counter refused;
  private final Counter leases;
  private final Counter watchersDropped;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
    this.takeOvers = registry.timer("makespan.shard.takeovers");
    this.commits = registry.timer("makespan.journal.commits");
    this.groupEvents = registry.summary("makespan.journal.group.events");
    this.retries = registry.counter("makespan.journal.retries");
    this.refused = registry.counter("makespan.journal.refused");
    this.leases = registry.counter("makespan.leases");
    this.watchersDropped = registry.counter("makespan.watchers.dropped");
  }

  /** How many shards this process owns. */
  void owned(IntSupplier shards) {
    registry.gauge("makespan.shards.owned", shards, IntSupplier::getAsInt);
  }

  /** A shard's runs are in memory, so long after the claim. */
  void takenOver(Duration took) {
    takeOvers.record(took);
  }

  /** A group is durable. */
  void committed(Group group, Duration took) {
    commits.record(took);
    groupEvents.record(group.events().size());
  }

  /** The outcome of a write is unknown; it is written again. */
  void retried() {
    retries.increment();
  }

  /** A write came from an owner that had been replaced, and changed nothing. */
  void refused() {
    refused.increment();
  }

  /** Durable events. */
  void released(List<RunEvent> events) {
    for (RunEvent event : events) {
      if (event.change() instanceof RunEvent.TaskChanged changed
          && changed.event() instanceof TaskEvent.Leased) {
        leases.increment();
      }
    }
  }

  /** A watcher read too slowly. */
  void watcherDropped() {
    watchersDropped.increment();
  }
}
