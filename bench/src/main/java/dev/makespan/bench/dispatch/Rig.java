package dev.makespan.bench.dispatch;

import dev.makespan.bench.BenchProblem;
import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Ports;
import dev.makespan.cli.suite.Service;
import dev.makespan.cli.suite.ServiceJvms;
import dev.makespan.cli.suite.Suite;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The suite as processes, started for this bench alone, with a client and its processes' costs. */
final class Rig implements AutoCloseable {

  /** This process among the parts of {@link CpuTimes}. */
  static final String BENCH = "bench";

  static final String POSTGRESQL = "PostgreSQL";

  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final Path folder;
  private final Suite suite;
  private final PlannerDoor planner;
  private final Map<String, Long> processes = new LinkedHashMap<>();
  private final List<CpuTimes.CompilerThread> compilers = new ArrayList<>();

  private Rig(Path folder, Suite suite) {
    this.folder = folder;
    this.suite = suite;
    this.planner = new PlannerDoor(suite.ports().planner());
    for (Service service : Service.values()) {
      processes.put(partOf(service), suite.service(service).pid());
    }
    long postmaster = postmaster(folder);
    if (postmaster > 0) {
      processes.put(POSTGRESQL, postmaster);
    }
    processes.put(BENCH, ProcessHandle.current().pid());
    processes.values().forEach(pid -> compilers.addAll(CpuTimes.CompilerThread.in(pid)));
  }

  private static String partOf(Service service) {
    return service.module().replace("-service", "").replace("agent-", "");
  }

  private static long postmaster(Path folder) {
    try {
      Path file = folder.resolve("postgres/data/postmaster.pid");
      return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts everything, in a folder that is emptied first. */
  static Rig start(Path project, int portBase, RigJvms jvms) throws InterruptedException {
    Path folder = project.resolve("bench/target/dispatch");
    delete(folder);
    Map<Service, List<String>> options = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      options.put(service, jvms.options(service.module()));
    }
    try {
      Suite suite =
          Suite.start(
              new Home(project, folder),
              Ports.from(portBase),
              Optional.empty(),
              new ServiceJvms(options),
              line -> System.err.println("makespan bench: " + line));
      return new Rig(folder, suite);
    } catch (SuiteProblem e) {
      throw new BenchProblem(String.valueOf(e.getMessage()));
    }
  }

  PlannerDoor planner() {
    return planner;
  }

  int plannerPort() {
    return suite.ports().planner();
  }

  int gatewayPort() {
    return suite.ports().gateway();
  }

  long pid(Service service) {
    return suite.service(service).pid();
  }

  DatabaseUrl database() {
    return suite.databaseUrl();
  }

  CpuTimes cpu() {
    return CpuTimes.of(processes, compilers);
  }

  /** A figure of a suite that has lost a process means nothing. */
  void requireWhole() {
    List<String> ended = new ArrayList<>();
    for (Service service : Service.values()) {
      if (!Long.valueOf(suite.service(service).pid()).equals(processes.get(partOf(service)))) {
        ended.add(service.module());
      }
    }
    if (!ended.isEmpty()) {
      throw new IllegalStateException(
          "ended while it was measured: %s; logs are in %s".formatted(ended, folder));
    }
  }

  /** How the database says that it keeps what it acknowledges. */
  String durability() {
    try (Connection connection = connect()) {
      List<String> shown = new ArrayList<>();
      for (String name : DURABLE) {
        shown.add(name + "=" + setting(connection, name));
      }
      return String.join(" ", shown);
    } catch (SQLException e) {
      throw new IllegalStateException("the database can't be asked", e);
    }
  }

  private static @Nullable String setting(Connection connection, String name) throws SQLException {
    try (var show = connection.prepareStatement("SELECT current_setting(?)")) {
      show.setString(1, name);
      try (ResultSet shown = show.executeQuery()) {
        return shown.next() ? shown.getString(1) : null;
      }
    }
  }

  /** How long a commit of one narrow row takes when nothing else is going on, in microseconds. */
  Histogram commits(int count) {
    Histogram histogram = new Histogram(3);
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS public.bench_commit (n bigint)");
      for (int i = 0; i < count; i++) {
        long began = System.nanoTime();
        statement.execute("INSERT INTO public.bench_commit VALUES (1)");
        histogram.recordValue((System.nanoTime() - began) / 1_000);
      }
      return histogram;
    } catch (SQLException e) {
      throw new IllegalStateException("the database can't be written to", e);
    }
  }

  private Connection connect() throws SQLException {
    DatabaseUrl url = database();
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  /** Stops everything; the logs stay, the data do not. */
  @Override
  public void close() {
    planner.close();
    suite.close();
    delete(folder.resolve("postgres"));
    delete(folder.resolve("records"));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
