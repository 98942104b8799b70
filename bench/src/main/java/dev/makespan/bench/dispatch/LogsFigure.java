package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How much output one gateway keeps, and what the dispatch beside it notices of it. */
final class LogsFigure {

  static final double MEGABYTE = 1e6;

  /** What is wanted of a gateway. */
  private static final double WANTED = 50 * MEGABYTE;

  /** Not counted: the first moments of the streams. */
  private static final Duration WARMING = Duration.ofSeconds(2);

  private final Rig rig;
  private final List<Holders.Held> attempts;
  private final Duration time;

  LogsFigure(Rig rig, List<Holders.Held> attempts, Duration time) {
    this.rig = rig;
    this.attempts = attempts;
    this.time = time;
  }

  /** As much as it takes, with nothing else to do. */
  Readings throughput(int repeat) throws InterruptedException {
    double[] rates = new double[repeat];
    double[] cpu = new double[repeat];
    for (int i = 0; i < repeat; i++) {
      try (LogLoad load = LogLoad.open(rig.gatewayPort(), attempts, Double.POSITIVE_INFINITY)) {
        TimeUnit.MILLISECONDS.sleep(WARMING.toMillis());
        CpuTimes before = rig.cpu();
        long bytes = load.durableBytes();
        long began = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
        double seconds = (System.nanoTime() - began) / 1e9;
        double kept = load.durableBytes() - bytes;
        rates[i] = kept / seconds / MEGABYTE;
        cpu[i] = gatewayMicros(rig.cpu().since(before)) / (kept / MEGABYTE) / 1_000;
      }
      rig.requireWhole();
    }
    Readings readings = new Readings("logs through one gateway");
    readings.fact("streams", attempts.size());
    readings.fact("chunks", LogLoad.CHUNK_BYTES + " bytes");
    readings.add(Reading.of("durable", "MB/s", rates, Goal.atLeast(50, 50)));
    readings.add(Reading.of("processor time of the gateway", "ms/MB", cpu, Goal.NONE));
    return readings;
  }

  private static double gatewayMicros(CpuTimes cpu) {
    return cpu.micros().entrySet().stream()
        .filter(part -> part.getKey().equals("gateway"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The same dispatch without and with the wanted rate of logs, one after the other. */
  Readings beside(LatencyFigure latency, int slots, int repeat) throws InterruptedException {
    double[][] values = new double[6][repeat];
    for (int i = 0; i < repeat; i++) {
      LatencyFigure.Shown calm = latency.once("calm-" + i, slots / 2);
      LatencyFigure.Shown loaded;
      try (LogLoad load = LogLoad.open(rig.gatewayPort(), attempts, WANTED)) {
        TimeUnit.MILLISECONDS.sleep(WARMING.toMillis());
        long bytes = load.durableBytes();
        long began = System.nanoTime();
        loaded = latency.once("loaded-" + i, slots / 2);
        double seconds = (System.nanoTime() - began) / 1e9;
        values[5][i] = (load.durableBytes() - bytes) / seconds / MEGABYTE;
      }
      values[0][i] = LatencyFigure.millis(calm.ready(), 50);
      values[1][i] = LatencyFigure.millis(calm.ready(), 99);
      values[2][i] = LatencyFigure.millis(loaded.ready(), 50);
      values[3][i] = LatencyFigure.millis(loaded.ready(), 99);
      values[4][i] = values[3][i] / values[1][i];
    }
    Readings readings = new Readings("dispatch beside logs");
    readings.fact("wanted", Math.round(WANTED / MEGABYTE) + " MB/s");
    readings.add(Reading.of("logs meanwhile", "MB/s", values[5], Goal.NONE));
    readings.add(Reading.of("ready to arrival without logs, p50", "ms", values[0], Goal.NONE));
    readings.add(Reading.of("ready to arrival without logs, p99", "ms", values[1], Goal.NONE));
    readings.add(Reading.of("ready to arrival with logs, p50", "ms", values[2], Goal.NONE));
    readings.add(Reading.of("ready to arrival with logs, p99", "ms", values[3], Goal.NONE));
    readings.add(Reading.of("p99 with logs / without", "ratio", values[4], Goal.atMost(1.5, 1.1)));
    return readings;
  }
}
