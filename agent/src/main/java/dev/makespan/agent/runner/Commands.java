package dev.makespan.agent.runner;

import dev.makespan.core.plan.Work;
import dev.makespan.core.session.TaskSpec;
import java.util.List;

/** Which work a runner is for, and what it does about it. */
sealed interface Commands {

  /** Why it is not for such work; empty: it is. */
  String refusal(TaskSpec spec);

  /** Runs what tasks say: an argument vector, or a script. */
  record Shell() implements Commands {
    @Override
    public String refusal(TaskSpec spec) {
      return switch (spec.work()) {
        case Work.Command _, Work.Script _ -> "";
        case Work.Prompt _ ->
            "this agent runs commands; a prompt needs one with --runner prompt=COMMAND";
        case Work.AgentsDefault() ->
            "the task says nothing to run, and this agent has no command of its own";
      };
    }
  }

  /**
   * Hands prompts to a command of the agent's; runs what tasks say otherwise.
   *
   * @param command for a shell: whoever starts the agent wrote it
   */
  record Prompted(String command) implements Commands {
    @Override
    public String refusal(TaskSpec spec) {
      return "";
    }
  }

  /** The argument vector for a script: its own interpreter, or a shell. */
  static List<String> script(String text, String file) {
    return text.startsWith("#!") ? List.of(file) : List.of("sh", file);
  }
}
