package dev.makespan.core.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where a task stands. A state carries only its own data. */
public sealed interface TaskState {

  /** Something that it needs is not done. */
  record Waiting() implements TaskState {}

  /** It may be given to an agent. */
  record Ready(Instant since) implements TaskState {}

  /** An agent has been chosen and has not answered yet. */
  record Leased(AgentId agent, long fence, int attempt, Instant since) implements TaskState {}

  /** An agent works on it. */
  record Running(AgentId agent, long fence, int attempt, Instant since) implements TaskState {}

  /**
   * The work is reported good and waits for its gates.
   *
   * @param approvals the names of those that were given
   */
  record Verifying(
      AgentId agent,
      long fence,
      int attempt,
      String resultId,
      Map<String, Double> metrics,
      List<String> approvals)
      implements TaskState {
    public Verifying {
      approvals = List.copyOf(approvals);
    }

    Verifying approved(String name) {
      List<String> more = new ArrayList<>(approvals);
      more.add(name);
      return new Verifying(agent, fence, attempt, resultId, metrics, more);
    }
  }

  /** The gates are green and the work waits for its merge. */
  record Integrating(long fence, int attempt) implements TaskState {}

  /** It tries again {@code pause} after {@code since}. */
  record Backoff(Instant since, Duration pause, String reason) implements TaskState {

    public Instant until() {
      return since.plus(pause);
    }
  }

  /**
   * It needs a person.
   *
   * @param keptFence of the attempt that waits with its slot and locks; 0: none does
   */
  record Held(String reason, long keptFence) implements TaskState {}

  /** Its agent has been told to stop and has not confirmed. */
  record Cancelling(AgentId agent, long fence, Instant since) implements TaskState {}

  /** Final: done and accepted. */
  record Done(Instant at) implements TaskState {}

  /** Final: no attempt is left. */
  record Failed(String reason) implements TaskState {}

  /** Final: not wanted any more. */
  record Cancelled(String reason) implements TaskState {}

  /**
   * Final: it is left out.
   *
   * @param byPerson a person goes on without it, so what needs it may start; otherwise something
   *     that it needs was not done
   */
  record Skipped(String reason, boolean byPerson) implements TaskState {}

  /** Whether nothing can happen to it any more. */
  default boolean isFinal() {
    return switch (this) {
      case Done _, Failed _, Cancelled _, Skipped _ -> true;
      case Waiting _,
          Ready _,
          Leased _,
          Running _,
          Verifying _,
          Integrating _,
          Backoff _,
          Held _,
          Cancelling _ ->
          false;
    };
  }

  /** Whether what needs it may start. */
  default boolean isSatisfied() {
    return this instanceof Done || (this instanceof Skipped s && s.byPerson());
  }

  /** Whether what needs it never starts, unless a person does something about it. */
  default boolean isLost() {
    return isFinal() && !isSatisfied();
  }

  /** The fence of the attempt that is live in this state; 0: none is. */
  default long liveFence() {
    return switch (this) {
      case Leased s -> s.fence();
      case Running s -> s.fence();
      case Verifying s -> s.fence();
      case Integrating s -> s.fence();
      case Cancelling s -> s.fence();
      case Held s -> s.keptFence();
      case Waiting _, Ready _, Backoff _, Done _, Failed _, Cancelled _, Skipped _ -> 0;
    };
  }
}
