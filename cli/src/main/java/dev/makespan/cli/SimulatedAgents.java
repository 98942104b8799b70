package dev.makespan.cli;

import dev.makespan.cli.suite.AgentProcesses;
import dev.makespan.cli.suite.ChildProcess;
import dev.makespan.cli.suite.Narrator;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The agents that pretend, for one run: a process with one slot each. */
final class SimulatedAgents implements AutoCloseable {

  /** How an agent becomes a process. */
  @FunctionalInterface
  interface Starter {
    ChildProcess start(String id, List<String> arguments) throws SuiteProblem;
  }

  private final List<ChildProcess> agents = new ArrayList<>();
  private final List<CompletableFuture<Void>> ends = new ArrayList<>();
  private final Narrator narrator;
  private volatile boolean closing;

  private SimulatedAgents(Narrator narrator) {
    this.narrator = narrator;
  }

  /**
   * Starts them all.
   *
   * @param suffix makes their names this run's own where several runs share a suite
   */
  static SimulatedAgents start(
      Starter starter,
      String suffix,
      HostPort gateway,
      Map<Role, Integer> pools,
      double speed,
      Narrator narrator)
      throws SuiteProblem {
    SimulatedAgents started = new SimulatedAgents(narrator);
    boolean good = false;
    try {
      for (Map.Entry<Role, Integer> pool : pools.entrySet()) {
        for (int i = 1; i <= pool.getValue(); i++) {
          String id = pool.getKey() + "-" + i + suffix;
          started.add(starter.start(id, arguments(id, gateway, pool.getKey(), speed)));
        }
      }
      good = true;
      return started;
    } finally {
      if (!good) {
        started.close();
      }
    }
  }

  int count() {
    return agents.size();
  }

  @Override
  public void close() {
    closing = true;
    try {
      AgentProcesses.stopAll(agents);
    } catch (InterruptedException e) {
      agents.forEach(agent -> agent.process().destroyForcibly());
      Thread.currentThread().interrupt();
    }
  }

  private void add(ChildProcess agent) {
    agents.add(agent);
    ends.add(agent.process().onExit().thenAccept(process -> sayEnd(agent, process.exitValue())));
  }

  private void sayEnd(ChildProcess agent, int exit) {
    if (!closing) {
      narrator.say(
          "%s has ended with code %d: %s".formatted(agent.name(), exit, agent.lastWords()));
    }
  }

  private static List<String> arguments(String id, HostPort gateway, Role role, double speed) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--gateway", gateway.toString(), "--role", role.value()));
    arguments.addAll(List.of("--slots", "1", "--runner", "simulate"));
    arguments.addAll(List.of("--speed", Double.toString(speed)));
    arguments.addAll(List.of("--drain", "1", "--id", id));
    return arguments;
  }
}
