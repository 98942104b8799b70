package dev.makespan.agent;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** An agent that is all that its process does. */
public final class AgentProgram {

  private AgentProgram() {}

  /**
   * Starts the agent and stays with it. On SIGTERM it takes no new work, finishes within {@code
   * drain} or gives back, and the process ends with 0.
   *
   * @return how it ended, unless it was asked to leave
   */
  public static Agent.End run(Agent agent, Duration drain) {
    CompletableFuture<Boolean> closed = new CompletableFuture<>();
    Thread leaving =
        new Thread(
            () -> {
              if (!agent.end().isDone()) {
                agent.leave(drain);
                closed.join();
                // Asked to leave and left: that is no failure, whatever the signal's number.
                Runtime.getRuntime().halt(0);
              }
            },
            "leaving");
    Runtime.getRuntime().addShutdownHook(leaving);
    agent.start();
    Agent.End end = agent.end().join();
    agent.close();
    closed.complete(true);
    return end;
  }
}
