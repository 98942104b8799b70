package dev.makespan.cli;

import dev.makespan.cli.suite.AgentProcesses;
import dev.makespan.cli.suite.ChildProcess;
import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The agents that pretend, for one run: a process with one slot each. */
final class SimulatedAgents implements AutoCloseable {

  private static final int RADIX = 36;

  private final List<ChildProcess> agents = new ArrayList<>();

  /** Starts them all. Their names are this process's own, since several runs may share a suite. */
  static SimulatedAgents start(
      Home home, HostPort gateway, Map<Role, Integer> pools, double speed) throws SuiteProblem {
    SimulatedAgents started = new SimulatedAgents();
    boolean good = false;
    try {
      String suffix = Long.toString(ProcessHandle.current().pid(), RADIX);
      for (Map.Entry<Role, Integer> pool : pools.entrySet()) {
        for (int i = 1; i <= pool.getValue(); i++) {
          String id = "%s-%d-%s".formatted(pool.getKey(), i, suffix);
          started.agents.add(AgentProcesses.start(home, id, arguments(id, gateway, pool.getKey(), speed)));
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

  private static List<String> arguments(String id, HostPort gateway, Role role, double speed) {
    return List.of(
        "--gateway", gateway.toString(),
        "--role", role.value(),
        "--slots", "1",
        "--runner", "simulate",
        "--speed", Double.toString(speed),
        "--id", id);
  }

  int count() {
    return agents.size();
  }

  @Override
  public void close() {
    try {
      AgentProcesses.stopAll(agents);
    } catch (InterruptedException e) {
      agents.forEach(agent -> agent.process().destroyForcibly());
      Thread.currentThread().interrupt();
    }
  }
}
