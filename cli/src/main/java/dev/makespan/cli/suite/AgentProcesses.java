package dev.makespan.cli.suite;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Agents as child processes; several at once are asked to end together. */
public final class AgentProcesses {

  private static final long STOP_SECONDS = 5;

  private AgentProcesses() {}

  /** Starts one; {@code arguments} are those of the agent's command. */
  public static ChildProcess start(Home home, String id, List<String> arguments)
      throws SuiteProblem {
    List<String> command = new ArrayList<>(ServiceCommand.agent(home));
    command.addAll(arguments);
    return ChildProcess.start(home, "agent-" + id, command, Map.of());
  }

  public static void stopAll(Collection<ChildProcess> agents) throws InterruptedException {
    agents.forEach(agent -> agent.process().destroy());
    for (ChildProcess agent : agents) {
      if (!agent.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        agent.process().destroyForcibly();
      }
    }
  }
}
