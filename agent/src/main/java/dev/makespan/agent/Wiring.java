package dev.makespan.agent;

import dev.makespan.agent.runner.AgentSecrets;
import dev.makespan.agent.runner.CommandRunner;
import dev.makespan.agent.runner.RunnerSettings;
import dev.makespan.core.plan.Role;
import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentIdentity;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts an agent together; alone knows time and chance. */
public final class Wiring {

  static final String VERSION = "0.1.0";

  private static final int MAX_SLOTS = 1_000;
  private static final int MAX_PORT = 65_535;
  private static final String PROMPT = "prompt=";

  /** Finished work waits so long for files that it wrote undeclared. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Wiring() {}

  /**
   * An agent of the current protocol version, not yet started.
   *
   * @param gateways one or more, as {@code host:port}
   * @param id unique among agents; null: made up
   * @param log hears one line at a time, for people
   * @throws IllegalArgumentException when an argument is not as expected; says which and how
   */
  public static Agent agent(
      List<String> gateways,
      @Nullable String id,
      List<String> roles,
      Map<String, String> labels,
      int slots,
      Runner runner,
      Consumer<String> log) {
    AgentIdentity identity =
        identity(id, dev.makespan.core.session.AgentSays.PROTOCOL_VERSION, roles, labels, slots);
    return agent(identity, gateways(gateways), runner, log);
  }

  static Agent agent(AgentIdentity identity, Gateway gateway, Runner runner, Consumer<String> log) {
    return new Agent(
        identity,
        AgentClocks.DEFAULT,
        gateway,
        runner,
        steadyTime(),
        () -> ThreadLocalRandom.current().nextDouble(),
        log);
  }

  /** Runs on although somebody sets the wall clock: leases depend on it. */
  private static InstantSource steadyTime() {
    Instant start = Instant.now();
    long origin = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - origin);
  }

  static AgentIdentity identity(
      @Nullable String id,
      int protocolVersion,
      List<String> roles,
      Map<String, String> labels,
      int slots) {
    if (slots < 1 || slots > MAX_SLOTS) {
      throw new IllegalArgumentException(
          "slots: expected a number from 1 to " + MAX_SLOTS + ", was " + slots);
    }
    String agent = id == null ? "agent-" + UUID.randomUUID() : id;
    return new AgentIdentity(
        new SessionId("session-" + UUID.randomUUID()),
        new AgentId(agent),
        protocolVersion,
        roles.stream().map(Role::new).toList(),
        new TreeMap<>(labels),
        slots,
        "makespan-agent/" + VERSION);
  }

  /** Gateways as {@code host:port}, tried in a jittered order. */
  static Gateway gateways(List<String> addresses) {
    return new GatewayRing(
        addresses.stream().distinct().map(Wiring::gateway).toList(),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  static Gateway gateway(String address) {
    int colon = address.lastIndexOf(':');
    String port = address.substring(colon + 1);
    boolean wellFormed = colon > 0 && port.matches("[0-9]{1,5}");
    int number = wellFormed ? Integer.parseInt(port) : 0;
    if (number < 1 || number > MAX_PORT) {
      throw new IllegalArgumentException(
          "gateway: expected host:port, such as localhost:7402, was '" + address + "'");
    }
    return new GrpcGateway(address.substring(0, colon), number);
  }

  /**
   * A runner by its name: {@code shell}, {@code prompt=COMMAND} or {@code simulate}.
   *
   * @throws IllegalArgumentException when there is none of this name, or its folder cannot be used
   */
  static Runner runner(String name, double speed, RunnerSettings settings) {
    SimulateRunner simulate = new SimulateRunner(speed);
    try {
      if (name.equals("simulate")) {
        return simulate;
      }
      if (name.equals("shell")) {
        return CommandRunner.shell(settings, simulate);
      }
      if (name.startsWith(PROMPT)) {
        return CommandRunner.prompt(name.substring(PROMPT.length()), settings, simulate);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "work-dir: expected a folder that can be written, was "
              + settings.folder()
              + " ("
              + e.getMessage()
              + ")",
          e);
    }
    throw new IllegalArgumentException(
        "runner: expected shell, prompt=COMMAND or simulate, was '" + name + "'");
  }

  /**
   * A runner for the commands and scripts of tasks, which get nothing of this process but what
   * every command needs. For agents that do other work themselves.
   *
   * @throws IOException when {@code folder} cannot be used
   */
  public static Runner shell(Path folder) throws IOException {
    return CommandRunner.shell(
        settings(folder, Path.of("."), null, Set.of(), Set.of()), new SimulateRunner(1));
  }

  /** Where caches, worktrees and attempts are kept unless somebody says otherwise. */
  public static Path workFolder() {
    String caches = System.getenv("XDG_CACHE_HOME");
    Path all =
        caches == null || caches.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(caches);
    return all.resolve("makespan").resolve("agent");
  }

  /**
   * How this process runs commands.
   *
   * @param secrets a folder; null: none
   * @param allowed variables of this process that commands get
   * @param secretVariables those whose values are secrets of the same names
   */
  static RunnerSettings settings(
      Path folder,
      Path repositories,
      @Nullable Path secrets,
      Set<String> allowed,
      Set<String> secretVariables) {
    Map<String, String> environment = System.getenv();
    return new RunnerSettings(
        folder,
        repositories,
        environment,
        allowed,
        new AgentSecrets(secrets, secretVariables, environment),
        PATIENCE);
  }
}
