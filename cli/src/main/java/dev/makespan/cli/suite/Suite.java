package dev.makespan.cli.suite;

import dev.makespan.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running suite and its owner: starts the database and the services, starts again what dies, and
 * stops all in order. One per {@link Home}.
 */
public final class Suite implements AutoCloseable {

  private static final int SECRET_BYTES = 32;

  private final Home home;
  private final Ports ports;
  private final ServiceJvms jvms;
  private final Narrator narrator;
  private final FileChannel lock;
  private final Map<Service, ChildProcess> services = new EnumMap<>(Service.class);
  private final Map<String, ChildProcess> agents = new LinkedHashMap<>();
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private @Nullable Database database;
  private volatile boolean stopping;

  /** New with each start; services that are started again get the same. */
  private final String secret = newSecret();

  private Suite(Home home, Ports ports, ServiceJvms jvms, Narrator narrator, FileChannel lock) {
    this.home = home;
    this.ports = ports;
    this.jvms = jvms;
    this.narrator = narrator;
    this.lock = lock;
  }

  /** The ports of the suite that another process runs in {@code home}. */
  public static Optional<Ports> findRunning(Home home) throws SuiteProblem {
    if (!Files.exists(home.lock())) {
      return Optional.empty();
    }
    Optional<FileChannel> free = SuiteState.tryLock(home);
    if (free.isPresent()) {
      closeQuietly(free.get());
      return Optional.empty();
    }
    return SuiteState.load(home).map(SuiteState::ports);
  }

  /** As below, with small JVMs. */
  public static Suite start(Home home, Ports ports, Optional<String> databaseUrl, Narrator narrator)
      throws SuiteProblem, InterruptedException {
    return start(home, ports, databaseUrl, ServiceJvms.SMALL, narrator);
  }

  /**
   * Starts everything and returns when all services are ready.
   *
   * @param databaseUrl a user's own database; empty: the embedded one
   */
  public static Suite start(
      Home home, Ports ports, Optional<String> databaseUrl, ServiceJvms jvms, Narrator narrator)
      throws SuiteProblem, InterruptedException {
    Suite suite =
        new Suite(
            home,
            ports,
            jvms,
            narrator,
            SuiteState.tryLock(home)
                .orElseThrow(() ->
                    new SuiteProblem(
                        "the suite is already up or just starting; see makespan down")));
    boolean good = false;
    try {
      suite.startAll(databaseUrl);
      good = true;
      return suite;
    } finally {
      if (!good) {
        suite.close();
      }
    }
  }

  private void startAll(Optional<String> databaseUrl) throws SuiteProblem, InterruptedException {
    for (Service service : Service.values()) {
      ServiceCommand.of(service, home, jvms);
    }
    Optional<SuiteState> before = SuiteState.load(home);
    if (before.isPresent()) {
      int stopped = Remnants.stop(before.get());
      if (stopped > 0) {
        narrator.say("stopped " + stopped + " processes that an earlier start had left behind");
      }
    }
    synchronized (this) {
      save();
    }
    ports.requireFree();
    Database opened = Database.open(home, ports, databaseUrl);
    synchronized (this) {
      database = opened;
    }
    for (Service service : Service.values()) {
      launch(service);
    }
    for (Service service : Service.values()) {
      Readiness.await(service(service), ports.of(service));
    }
    for (Service service : Service.values()) {
      Supervisor.watch(this, service, service(service));
    }
    if (opened instanceof Database.Embedded embedded) {
      Supervisor.watch(this, embedded.server());
    }
  }

  public Ports ports() {
    return ports;
  }

  public synchronized DatabaseUrl databaseUrl() {
    if (database == null) {
      throw new IllegalStateException("the suite has no database yet");
    }
    return database.url();
  }

  /** The service's process of this moment; after a restart another. */
  public synchronized ChildProcess service(Service service) {
    ChildProcess child = services.get(service);
    if (child == null) {
      throw new IllegalStateException(service.module() + " was not started");
    }
    return child;
  }

  /** Starts an agent process; {@code arguments} are those of the agent's command. */
  public synchronized ChildProcess startAgent(String id, List<String> arguments)
      throws SuiteProblem {
    ChildProcess agent = AgentProcesses.start(home, id, arguments);
    agents.put(id, agent);
    save();
    return agent;
  }

  public synchronized void stopAgents() throws InterruptedException {
    AgentProcesses.stopAll(agents.values());
    agents.clear();
  }

  /** Waits until a service can't be kept alive, and answers why. */
  public String awaitBroken() throws InterruptedException {
    try {
      return broken.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs {@code action} with the reason when a service can't be kept alive. */
  public void onBroken(Consumer<String> action) {
    var _ = broken.thenAccept(action);
  }

  private static String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  /** Agents first, then the services from the edge inwards, then the database. */
  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    synchronized (this) {
      try {
        stopAgents();
        for (Service service :
            new Service[] {Service.GATEWAY, Service.PLANNER, Service.SCHEDULER}) {
          ChildProcess child = services.remove(service);
          if (child != null) {
            child.stop();
          }
        }
      } catch (InterruptedException e) {
        interrupted = true;
        services.values().forEach(child -> child.process().destroyForcibly());
      }
      if (database instanceof Database.Embedded embedded) {
        embedded.server().close();
      }
    }
    forget();
    closeQuietly(lock);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isStopping() {
    return stopping;
  }

  void say(String line) {
    narrator.say(line);
  }

  void giveUp(String reason) {
    broken.complete(reason);
  }

  /** Starts {@code service} and writes its process down. */
  synchronized ChildProcess launch(Service service) throws SuiteProblem {
    if (stopping) {
      throw new SuiteProblem("the suite is being stopped");
    }
    ChildProcess child =
        ChildProcess.start(
            home,
            service.module(),
            ServiceCommand.of(service, home, jvms),
            ServiceCommand.environment(service, ports, databaseUrl(), home, secret));
    services.put(service, child);
    save();
    return child;
  }

  /** Starts the embedded database again, on its data and its port. */
  synchronized Database.Embedded relaunchDatabase() throws SuiteProblem, InterruptedException {
    if (stopping) {
      throw new SuiteProblem("the suite is being stopped");
    }
    if (database instanceof Database.Embedded embedded) {
      embedded.server().close();
    }
    Database.Embedded opened = Database.embedded(home, ports);
    database = opened;
    save();
    return opened;
  }

  private void save() throws SuiteProblem {
    Map<String, SuiteState.Entry> processes = new LinkedHashMap<>();
    processes.put(SuiteState.LAUNCHER, SuiteState.Entry.of(ProcessHandle.current()));
    services.forEach((service, child) ->
        processes.put(service.module(), SuiteState.Entry.of(child.process().toHandle())));
    agents.forEach((id, child) ->
        processes.put("agent." + id, SuiteState.Entry.of(child.process().toHandle())));
    new SuiteState(ports, processes).save(home);
  }

  private void forget() {
    try {
      Files.deleteIfExists(home.state());
    } catch (IOException e) {
      // The next start finds processes that are no more, and that is all.
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with this process at the latest.
    }
  }
}
