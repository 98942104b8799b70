package dev.makespan.core.run;

import dev.makespan.core.task.TaskDecision;
import java.util.List;

/** What the rules of a run say to a command. */
public sealed interface RunDecision {

  /** It happens, with all that follows from it, in this order. */
  record Accepted(List<RunEvent.Change> changes) implements RunDecision {
    public Accepted {
      changes = List.copyOf(changes);
    }
  }

  /**
   * Nothing happens.
   *
   * @param problems one sentence each, when there is more to say than the message
   */
  record Refused(TaskDecision.Refusal refusal, String message, List<String> problems)
      implements RunDecision {
    public Refused {
      problems = List.copyOf(problems);
    }

    public Refused(TaskDecision.Refusal refusal, String message) {
      this(refusal, message, List.of());
    }

    static Refused invalid(String message) {
      return new Refused(TaskDecision.Refusal.INVALID, message);
    }
  }
}
