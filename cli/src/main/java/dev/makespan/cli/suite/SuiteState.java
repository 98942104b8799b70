package dev.makespan.cli.suite;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher has written down about its suite. Whether it lives is told by the lock that it
 * holds, never by the file.
 *
 * @param processes name → process; the launcher is {@link #LAUNCHER}
 */
record SuiteState(Ports ports, Map<String, Entry> processes) {

  static final String LAUNCHER = "launcher";

  /** Clocks are adjusted between two looks at one process's start. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

  /** A process that a pid alone does not name, since pids come again. */
  record Entry(long pid, long startMillis) {

    static Entry of(ProcessHandle process) {
      return new Entry(
          process.pid(), process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    Optional<ProcessHandle> find() {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
    }

    private boolean isSame(ProcessHandle process) {
      long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
      return Math.abs(start - startMillis) <= START_TOLERANCE.toMillis();
    }
  }

  SuiteState {
    processes = Map.copyOf(processes);
  }

  /** Takes the lock that says "this suite lives"; empty: another launcher holds it. */
  static Optional<FileChannel> tryLock(Home home) throws SuiteProblem {
    try {
      Files.createDirectories(home.directory());
      FileChannel channel =
          FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(channel);
    } catch (IOException e) {
      throw new SuiteProblem(
          "can't use %s: %s; set MAKESPAN_HOME to a folder that can be written"
              .formatted(home.directory(), e.getMessage()),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  void save(Home home) throws SuiteProblem {
    Properties properties = new Properties();
    properties.setProperty("port.planner", Integer.toString(ports.planner()));
    properties.setProperty("port.scheduler", Integer.toString(ports.scheduler()));
    properties.setProperty("port.gateway", Integer.toString(ports.gateway()));
    properties.setProperty("port.database", Integer.toString(ports.database()));
    processes.forEach((name, entry) ->
        properties.setProperty("process." + name, entry.pid() + "@" + entry.startMillis()));
    Path fresh = home.state().resolveSibling("suite.properties.new");
    try {
      try (Writer writer = Files.newBufferedWriter(fresh)) {
        properties.store(writer, "The running suite; written by its launcher.");
      }
      Files.move(fresh, home.state(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SuiteProblem("can't write " + home.state() + ": " + e.getMessage(), e);
    }
  }

  /** Empty where there is none, or none that can be read. */
  static Optional<SuiteState> load(Home home) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(home.state())) {
      properties.load(reader);
      return Optional.of(of(properties));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static SuiteState of(Properties properties) {
    Map<String, Entry> processes = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (key.startsWith("process.")) {
        String[] parts = properties.getProperty(key).split("@", 2);
        processes.put(
            key.substring("process.".length()),
            new Entry(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
      }
    }
    return new SuiteState(
        new Ports(
            port(properties, "planner"),
            port(properties, "scheduler"),
            port(properties, "gateway"),
            port(properties, "database")),
        processes);
  }

  private static int port(Properties properties, String name) {
    return Integer.parseInt(properties.getProperty("port." + name, "0"));
  }
}
