package dev.makespan.bench.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time that each part of the suite has used, in microseconds: what a busy machine leaves
 * as it is, where times on the wall grow. What the compilers of the JVMs use is a part of its own,
 * since they work for whoever comes first.
 */
record CpuTimes(Map<String, Long> micros) {

  /** The compilers of all JVMs, the bench's too, among the parts. */
  static final String COMPILERS = "compilers";

  static final CpuTimes NONE = new CpuTimes(Map.of());

  /** Of Linux; {@code getconf CLK_TCK} has been 100 on all its ports that matter. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME = 11;

  /**
   * Of the processes by name, PostgreSQL's with its backends. Zero where there is no /proc.
   *
   * @param compilers of these processes
   */
  static CpuTimes of(Map<String, Long> processes, List<CompilerThread> compilers) {
    Map<String, Long> micros = new LinkedHashMap<>();
    long compiling = 0;
    for (Map.Entry<String, Long> process : processes.entrySet()) {
      long pid = process.getValue();
      long own = micros(Path.of("/proc", Long.toString(pid)), 4);
      long compiled =
          compilers.stream()
              .filter(compiler -> compiler.process() == pid)
              .mapToLong(compiler -> micros(compiler.folder(), 2))
              .sum();
      long children =
          process.getKey().equals(Rig.POSTGRESQL)
              ? children(pid)
                  .mapToLong(child -> micros(Path.of("/proc", Long.toString(child)), 2))
                  .sum()
              : 0;
      micros.put(process.getKey(), own + children - compiled);
      compiling += compiled;
    }
    micros.put(COMPILERS, compiling);
    return new CpuTimes(micros);
  }

  /** One thread that compiles in a JVM; there are as many from the beginning to the end. */
  record CompilerThread(long process, Path folder) {

    static List<CompilerThread> in(long process) {
      Path threads = Path.of("/proc", Long.toString(process), "task");
      if (!Files.isDirectory(threads)) {
        return List.of();
      }
      try (Stream<Path> all = Files.list(threads)) {
        return all.filter(CompilerThread::compiles)
            .map(thread -> new CompilerThread(process, thread))
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean compiles(Path thread) {
      try {
        return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\\s*");
      } catch (IOException e) {
        return false;
      }
    }
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
  private static long micros(Path of, int count) {
    try {
      String stat = Files.readString(of.resolve("stat"));
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

  /** Of all parts but the bench itself and the compilers. */
  long suiteMicros() {
    return micros.entrySet().stream()
        .filter(part -> !part.getKey().equals(Rig.BENCH) && !part.getKey().equals(COMPILERS))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
