package dev.makespan.bench.chaos;

import dev.makespan.bench.BenchProblem;
import dev.makespan.postgres.DatabaseUrl;
import dev.makespan.postgres.EmbeddedServer;
import dev.makespan.postgres.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** PostgreSQL, two planners, two schedulers, two gateways and an agent, each a process. */
final class Town implements AutoCloseable {

  static final int PAIR = 2;
  static final String AGENT_PROCESS = "process";
  static final int AGENT_PROCESS_SLOTS = 2;

  private static final Duration START = Duration.ofSeconds(90);
  private static final int DATABASE_OFFSET = 32;

  private final Path folder;
  private final Path project;
  private final int base;
  private final List<TownService> planners = new ArrayList<>();
  private final List<TownService> schedulers = new ArrayList<>();
  private final List<TownService> gateways = new ArrayList<>();
  private EmbeddedServer database;
  private int agentsStarted;
  private TownService agent;

  /** How the services are set. */
  record Settings(int shards, Duration lease, Duration status, int infraLimit, int heapMib) {}

  private Town(Path project, int base, Settings settings, EmbeddedServer database, Path folder) {
    this.folder = folder;
    this.project = project;
    this.base = base;
    this.database = database;
    for (int i = 0; i < PAIR; i++) {
      planners.add(service("planner-service", i, plannerPort(i), settings, Map.of()));
      schedulers.add(
          service(
              "scheduler-service",
              i,
              schedulerPort(i),
              settings,
              Map.of(
                  "MAKESPAN_SHARDS",
                  Integer.toString(settings.shards()),
                  "MAKESPAN_LEASE",
                  settings.lease().toSeconds() + "s",
                  "MAKESPAN_STATUS_INTERVAL",
                  settings.status().toSeconds() + "s",
                  "MAKESPAN_INFRA_LIMIT",
                  Integer.toString(settings.infraLimit()),
                  "MAKESPAN_REST",
                  "2s")));
      gateways.add(service("agent-gateway", i, gatewayPort(i), settings, Map.of()));
    }
    this.agent = agentProcess();
  }

  /** Starts everything, in a folder that is emptied first, and waits until all are ready. */
  static Town start(Path project, int base, Settings settings) throws InterruptedException {
    Path folder = project.resolve("bench/target/chaos");
    delete(folder);
    try {
      Files.createDirectories(folder.resolve("logs"));
      Town town =
          new Town(
              project,
              base,
              settings,
              EmbeddedServer.start(folder.resolve("postgres"), base + DATABASE_OFFSET),
              folder);
      boolean good = false;
      try {
        town.services().forEach(TownService::start);
        town.awaitReady();
        good = true;
        return town;
      } finally {
        if (!good) {
          town.close();
        }
      }
    } catch (StartFailure e) {
      throw new BenchProblem(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady() {
    for (TownService service : services()) {
      if (!Waiting.until(service::isReady, START)) {
        throw new IllegalStateException(
            "%s was not ready within %d s; logs are in %s"
                .formatted(service.name(), START.toSeconds(), folder));
      }
    }
  }

  private TownService service(
      String module, int number, int port, Settings settings, Map<String, String> more) {
    Path jar = project.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new BenchProblem(
          "%s is not built: there is no %s; run ./makespan build".formatted(module, jar));
    }
    Map<String, String> environment = new HashMap<>(more);
    environment.put("MAKESPAN_PORT", Integer.toString(port));
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("MAKESPAN_ADDRESS", "127.0.0.1:" + port);
    environment.put(
        "MAKESPAN_SCHEDULER_ADDRESSES",
        "127.0.0.1:" + schedulerPort(0) + ",127.0.0.1:" + schedulerPort(1));
    environment.putAll(database.url().environment());
    List<String> command =
        java(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + settings.heapMib() + "m",
            "-jar",
            jar.toString());
    String name = module + "-" + (number + 1);
    return new TownService(name, port, command, environment, log(name));
  }

  /** A new agent for each start: the one before may still hold what it held. */
  private TownService agentProcess() {
    agentsStarted++;
    String id = AGENT_PROCESS + "-" + agentsStarted;
    List<String> command =
        java(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            project.resolve("cli/target/makespan.jar").toString(),
            "dev.makespan.agent.AgentMain",
            "--gateway=127.0.0.1:" + gatewayPort(0) + ",127.0.0.1:" + gatewayPort(1),
            "--role=" + PlanModel.ROLE,
            "--slots=" + AGENT_PROCESS_SLOTS,
            "--runner=simulate",
            "--id=" + id);
    return new TownService(id, 0, command, Map.of(), log("agent"));
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of(options));
    return command;
  }

  private Path log(String name) {
    return folder.resolve("logs").resolve(name + ".log");
  }

  /** Another agent process in the place of the last. */
  synchronized TownService startAgent() {
    agent = agentProcess();
    agent.start();
    return agent;
  }

  synchronized TownService agent() {
    return agent;
  }

  Path folder() {
    return folder;
  }

  List<TownService> planners() {
    return planners;
  }

  List<TownService> schedulers() {
    return schedulers;
  }

  List<TownService> gateways() {
    return gateways;
  }

  List<TownService> services() {
    return Stream.of(schedulers, planners, gateways).flatMap(List::stream).toList();
  }

  DatabaseUrl databaseUrl() {
    return database.url();
  }

  /** As if its machine had lost power, but for what its disk was told. */
  synchronized void killDatabase() {
    database.process().destroyForcibly();
    database.process().onExit().join();
  }

  /** INT: it ends its sessions and stops. */
  synchronized void stopDatabase() {
    database.close();
  }

  /** On its data and its port; whoever waited for it finds it. */
  synchronized void startDatabase() throws InterruptedException {
    database.close();
    try {
      database = EmbeddedServer.start(folder.resolve("postgres"), base + DATABASE_OFFSET);
    } catch (StartFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private int plannerPort(int number) {
    return base + 3 * number;
  }

  private int schedulerPort(int number) {
    return base + 1 + 3 * number;
  }

  private int gatewayPort(int number) {
    return base + 2 + 3 * number;
  }

  /** Wakes what is stopped and starts what is dead; how many of them. */
  int heal() {
    int healed = 0;
    for (TownService service : services()) {
      if (!service.isAlive()) {
        service.start();
        healed++;
      } else if (service.isStopped()) {
        service.wake();
        healed++;
      }
    }
    agent().wake();
    if (!agent().isAlive()) {
      startAgent();
    }
    return healed;
  }

  /** Kills everything; the logs stay, the data do not. */
  @Override
  public void close() {
    agent().kill();
    services().forEach(TownService::kill);
    database.close();
    delete(folder.resolve("postgres"));
  }

  /** All at once, and without a checkpoint. */
  void killEverything() throws InterruptedException {
    List<Thread> killers =
        IntStream.range(0, services().size())
            .mapToObj(i -> Thread.startVirtualThread(() -> services().get(i).kill()))
            .toList();
    agent().kill();
    killDatabase();
    for (Thread killer : killers) {
      killer.join();
    }
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
