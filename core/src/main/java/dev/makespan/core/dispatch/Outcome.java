package dev.makespan.core.dispatch;

import dev.makespan.core.run.RunEvent;
import java.time.Duration;
import java.util.List;

/** What a shard answers to an input. */
public sealed interface Outcome {

  /** The events, already applied, are to be made durable; the effects come after that. */
  record Step(List<RunEvent> events, List<Effect> effects) implements Outcome {
    public static final Step NOTHING = new Step(List.of(), List.of());

    public Step {
      events = List.copyOf(events);
      effects = List.copyOf(effects);
    }
  }

  /** Nothing was changed. Only for what clients ask: agents are answered by effects. */
  sealed interface Refused extends Outcome {}

  /** No such run in this shard. */
  record UnknownRun(String message) implements Refused {}

  /** The run has finished. */
  record AlreadyFinished(String message) implements Refused {}

  /** Too many runs of this plan wait; come back later. */
  record IntakeFull(String message, Duration retryAfter) implements Refused {}

  /** The run has no such task. */
  record UnknownTask(String message) implements Refused {}

  /**
   * Not as the run stands.
   *
   * @param problems one sentence each, when there is more to say than the message
   */
  record NotPossible(String message, List<String> problems) implements Refused {
    public NotPossible {
      problems = List.copyOf(problems);
    }
  }
}
