package dev.makespan.bench.chaos;

import com.google.protobuf.ByteString;
import dev.makespan.bench.JvmMemory;
import dev.makespan.proto.agent.v1.TaskRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * One agent floods, one never reads while it asks, a watcher never reads: what heaps grow by, and
 * what an agent beside them suffers.
 */
final class Floods {

  private static final String PLAN = "flood";
  private static final int TASKS = 20_000;
  private static final int FLOODER_SLOTS = 20;

  /** Below what the gateway lets an agent of so many slots say. */
  private static final int PER_SECOND = 15_000;

  private static final Duration QUIET = Duration.ofSeconds(4);
  private static final Duration HEARTBEAT = Duration.ofMillis(500);
  private static final Duration FIRST = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** More than every bounded queue of one agent and one watcher together. */
  private static final double MOST_GROWTH_MIB = 48;

  private final Town town;
  private final int messages;
  private final ChaosReport report;

  Floods(Town town, int messages, ChaosReport report) {
    this.town = town;
    this.messages = messages;
    this.report = report;
  }

  private static ByteString yaml() {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: makespan.dev/v1
            kind: Plan
            metadata: {name: flood}
            spec:
              pools: {measured: 1, flooder: 1, deaf: 1}
              defaults: {role: measured, duration: 1s}
              tasks:
              - {id: flooder, role: flooder}
              - {id: deaf, role: deaf}
            """);
    for (int i = 0; i < TASKS; i++) {
      text.append("  - {id: t").append(i).append("}\n");
    }
    return ByteString.copyFromUtf8(text.toString());
  }

  void measure() throws InterruptedException {
    int gateway = town.gateways().getFirst().port();
    try (FloodClient client = new FloodClient(town.planners().getFirst().port());
        PlainAgent measured = PlainAgent.open(gateway, "measured", "measured", 1, true, true);
        PlainAgent flooder =
            PlainAgent.open(gateway, "flooder", "flooder", FLOODER_SLOTS, false, true);
        PlainAgent deaf = PlainAgent.open(gateway, "deaf", "deaf", 1, false, false)) {
      long run = client.start(PLAN, yaml());
      TaskRef flooding = await(flooder, "flooder");
      TaskRef unheard = await(deaf, "deaf");
      await(measured, "measured");
      client.watchWithoutReading(run);
      Thread hearts = Thread.startVirtualThread(() -> beat(flooder, flooding, deaf, unheard));
      measured.drainAcks();
      Waiting.lasting(QUIET);
      Histogram quiet = measured.drainAcks();
      Map<TownService, Double> before = heaps();
      measured.drainAcks();
      long began = System.nanoTime();
      int said = flood(flooder, flooding, deaf, unheard);
      double seconds = (System.nanoTime() - began) / 1e9;
      Histogram flooded = measured.drainAcks();
      tell(quiet, flooded, said, seconds, before);
      hearts.interrupt();
      report.fact("the agent that never reads", deaf.isOver() ? deaf.end() : "still there");
      report.fact("the agent that floods", flooder.isOver() ? flooder.end() : "still there");
      client.cancel(run);
    }
  }

  /** Whoever says nothing is taken for dead, however its heap is being looked at. */
  private static void beat(PlainAgent flooder, TaskRef flooding, PlainAgent deaf, TaskRef unheard) {
    while (!Thread.currentThread().isInterrupted()) {
      flooder.status(flooding);
      deaf.status(unheard);
      Waiting.lasting(HEARTBEAT);
    }
  }

  private TaskRef await(PlainAgent agent, String name) {
    if (!Waiting.until(() -> agent.first().isDone(), FIRST)) {
      throw new IllegalStateException(name + " was assigned nothing; its stream: " + agent.end());
    }
    return agent.first().join();
  }

  private Map<TownService, Double> heaps() throws InterruptedException {
    Map<TownService, Double> heaps = new LinkedHashMap<>();
    for (TownService service : town.services()) {
      heaps.put(service, JvmMemory.heapMib(service.pid()));
    }
    return heaps;
  }

  /** A tenth of a second's worth at a time; how many were said. */
  private int flood(PlainAgent flooder, TaskRef flooding, PlainAgent deaf, TaskRef unheard) {
    long end = System.nanoTime() + LIMIT.toNanos();
    int said = 0;
    int part = PER_SECOND / 10;
    while (said < messages && System.nanoTime() - end < 0 && !flooder.isOver()) {
      long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
      for (int i = 0; i < part && said < messages; i++) {
        if (i % 10 == 0) {
          // Each is answered, and nobody takes the answer.
          deaf.status(unheard);
        }
        flooder.progress(flooding, said);
        said++;
      }
      Waiting.until(flooder::isReady, LIMIT);
      Waiting.lasting(Duration.ofNanos(next - System.nanoTime()));
    }
    return said;
  }

  private void tell(
      Histogram quiet, Histogram flooded, int said, double seconds, Map<TownService, Double> before)
      throws InterruptedException {
    report.fact("flood", "%d messages in %.1f s".formatted(said, seconds));
    Map<TownService, Double> after = heaps();
    after.forEach((service, heap) -> {
      double grown = heap - before.getOrDefault(service, 0.0);
      report.fact(
          "heap of " + service.name(),
          "%.1f MiB before the flood, %+.1f MiB after it".formatted(heap - grown, grown));
      if (grown > MOST_GROWTH_MIB) {
        report.broken(
            "the heap of %s has grown by %.1f MiB in a flood".formatted(service.name(), grown));
      }
    });
    report.fact(
        "result to acknowledgement of another agent, quiet / flooded",
        "p50 %.2f / %.2f ms, p99 %.2f / %.2f ms, of %d / %d"
            .formatted(
                quiet.getValueAtPercentile(50) / 1e3,
                flooded.getValueAtPercentile(50) / 1e3,
                quiet.getValueAtPercentile(99) / 1e3,
                flooded.getValueAtPercentile(99) / 1e3,
                quiet.getTotalCount(),
                flooded.getTotalCount()));
    if (said < messages) {
      report.broken("an agent was stopped in a flood that it is allowed: " + said + " messages");
    }
    if (flooded.getTotalCount() == 0) {
      report.broken("an agent beside a flood had nothing acknowledged");
    }
  }
}
