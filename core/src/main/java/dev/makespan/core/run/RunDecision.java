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

  /** Nothing happens. */
  record Refused(TaskDecision.Refusal refusal, String message) implements RunDecision {}
}
