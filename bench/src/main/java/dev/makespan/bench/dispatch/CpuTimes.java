package dev.makespan.bench.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time that each part of the suite has used, in microseconds: what a busy machine leaves
 * as it is, where times on the wall grow.
 */
record CpuTimes(Map<String, Long> micros) {

  static final CpuTimes NONE = new CpuTimes(Map.of());

  /** Of Linux; {@code getconf CLK_TCK} has been 100 on all its ports that matter. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME = 11;

  /** Of the processes by name, PostgreSQL's with its backends. Zero where there is no /proc. */
  static CpuTimes of(Map<String, Long> processes) {
    Map<String, Long> micros = new LinkedHashMap<>();
    processes.forEach((name, pid) -> {
      long own = micros(pid, 4);
      long children =
          name.equals(Rig.POSTGRESQL)
              ? children(pid).mapToLong(child -> micros(child, 2)).sum()
              : 0;
      micros.put(name, own + children);
    });
    return new CpuTimes(micros);
  }

  /** Read often and in a hurry, so not by looking at all processes of the machine. */
  private static Stream<Long> children(long pid) {
    String text = Long.toString(pid);
    try {
      String all = Files.readString(Path.of("/proc", text, "task", text, "children"));
      return all.isBlank() ? Stream.of() : Stream.of(all.strip().split(" ", -1)).map(Long::valueOf);
    } catch (IOException e) {
      return Stream.of();
    }
  }

  /** The first {@code count} of user, system, and of ended children user, system. */
  private static long micros(long pid, int count) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 0; i < count; i++) {
        ticks += Long.parseLong(fields[UTIME + i]);
      }
      return ticks * MICROS_PER_TICK;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Of one part. */
  double of(String part) {
    return micros.getOrDefault(part, 0L);
  }

  CpuTimes since(CpuTimes before) {
    Map<String, Long> difference = new LinkedHashMap<>();
    micros.forEach(
        (name, value) -> difference.put(name, value - before.micros.getOrDefault(name, 0L)));
    return new CpuTimes(difference);
  }

  CpuTimes plus(CpuTimes other) {
    Map<String, Long> sum = new LinkedHashMap<>(micros);
    other.micros.forEach((name, value) -> sum.merge(name, value, Long::sum));
    return new CpuTimes(sum);
  }

  /** Of all parts but the bench itself. */
  long suiteMicros() {
    return micros.entrySet().stream()
        .filter(part -> !part.getKey().equals(Rig.BENCH))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
