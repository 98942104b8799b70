package dev.makespan.core.plan;

import java.util.List;

/** What an agent is told to do. */
public sealed interface Work {

  /** An argument vector; no shell. */
  record Command(List<String> argv) implements Work {
    public Command {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("command: expected at least the program, was empty");
      }
    }
  }

  /** A shell script. */
  record Script(String text) implements Work {}

  /** Instructions for an agent with a runner for prompts. */
  record Prompt(String text) implements Work {}

  /** Left to the agent. */
  record AgentsDefault() implements Work {}
}
