package dev.makespan.bench.dispatch;

import dev.makespan.bench.BenchProblem;
import dev.makespan.bench.JvmMemory;
import dev.makespan.bench.dispatch.Reading.Goal;
import dev.makespan.cli.suite.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a gateway needs to hold many agents that have nothing to do but their heartbeats. */
final class StreamsFigure {

  private static final int DESCRIPTORS_BESIDE = 500;

  /** What the gateway lets a connection carry. */
  private static final int MAX_STREAMS_PER_CONNECTION = 1_000;

  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern FILES = Pattern.compile("Max open files\\s+(\\d+|unlimited)");

  private final Rig rig;
  private final Duration time;

  StreamsFigure(Rig rig, Duration time) {
    this.rig = rig;
    this.time = time;
  }

  Readings measure(int streams, int wantedConnections) throws InterruptedException {
    long pid = rig.pid(Service.GATEWAY);
    long files = Math.min(fileLimit(pid), fileLimit(ProcessHandle.current().pid()));
    int connections = (int) Math.min(wantedConnections, files - DESCRIPTORS_BESIDE);
    if ((long) connections * MAX_STREAMS_PER_CONNECTION < streams) {
      throw new BenchProblem(
          "--stream-connections: expected at least %d for %d streams, was %d (open files: %d)"
              .formatted(
                  (streams + MAX_STREAMS_PER_CONNECTION - 1) / MAX_STREAMS_PER_CONNECTION,
                  streams,
                  connections,
                  files));
    }
    Readings readings = new Readings("idle streams of one gateway");
    readings.fact("limit of open files", files);
    readings.fact("connections", connections);
    double heapBefore = JvmMemory.heapMib(pid);
    double rssBefore = rssMib(pid);
    CpuTimes before = rig.cpu();
    long began = System.nanoTime();
    try (AgentFleet fleet = AgentFleet.open(rig.gatewayPort(), "idle", streams, 1, connections)) {
      double openSeconds = (System.nanoTime() - began) / 1e9;
      CpuTimes open = rig.cpu();
      fleet.loop().schedule(() -> {}, time.toMillis(), TimeUnit.MILLISECONDS).sync();
      CpuTimes held = rig.cpu().since(open);
      double rss = rssMib(pid);
      double heap = JvmMemory.heapMib(pid);
      rig.requireWhole();
      if (!fleet.trouble().isEmpty()) {
        throw new IllegalStateException("streams were not held: " + fleet.trouble());
      }
      readings.fact("heap before", Math.round(heapBefore) + " MiB");
      readings.fact("memory before", Math.round(rssBefore) + " MiB");
      readings.fact(
          "CPU to open all",
          Math.round(open.since(before).suiteMicros() / 1e6) + " s of the suite");
      readings.add(Reading.of("streams held", "streams", streams, Goal.atLeast(10_000, 20_000)));
      readings.add(Reading.of("gateway's memory (RSS)", "MiB", rss, Goal.atMost(1_024, 1_024)));
      readings.add(Reading.of("gateway's heap after collection", "MiB", heap, Goal.NONE));
      readings.add(
          Reading.of("heap per stream", "KiB", (heap - heapBefore) * 1_024 / streams, Goal.NONE));
      readings.add(Reading.of("opened", "streams/s", streams / openSeconds, Goal.NONE));
      addLoad(readings, held);
    }
    return readings;
  }

  private void addLoad(Readings readings, CpuTimes held) {
    held.micros()
        .forEach((part, micros) ->
            readings.add(
                Reading.of(
                    "CPU while idle, " + part,
                    "%",
                    100.0 * micros / (time.toNanos() / 1_000.0),
                    Goal.NONE)));
  }

  /** Memory of a process that is in use, in MiB. */
  static double rssMib(long pid) {
    return number(RSS, read(Path.of("/proc", Long.toString(pid), "status"))) / 1_024;
  }

  private static long fileLimit(long pid) {
    Matcher found = FILES.matcher(read(Path.of("/proc", Long.toString(pid), "limits")));
    return found.find() && !found.group(1).equals("unlimited")
        ? Long.parseLong(found.group(1))
        : Integer.MAX_VALUE;
  }

  private static double number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
