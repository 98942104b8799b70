package dev.makespan.core.task;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something that happened to a task and can't be refused any more. */
public sealed interface TaskEvent {

  /** Its needs are met, or its back-off is over. */
  record Ready() implements TaskEvent {}

  /** An agent has it; the assignment is sent when this is durable. */
  record Leased(AgentId agent, long fence, int attempt) implements TaskEvent {}

  /** Refused, or not accepted in time: nothing is charged. */
  record Returned(long fence, String reason) implements TaskEvent {}

  /** The agent has accepted. */
  record Started(long fence) implements TaskEvent {}

  /** A part that others may wait for is there. */
  record MilestoneReached(long fence, MilestoneId milestone) implements TaskEvent {}

  /** The agent says that the work is good; the gates have the last word. */
  record Reported(long fence, String resultId, Map<String, Double> metrics, Delivery delivery)
      implements TaskEvent {
    public Reported {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** Of work that leaves nothing. */
    public Reported(long fence, String resultId, Map<String, Double> metrics) {
      this(fence, resultId, metrics, Delivery.NONE);
    }
  }

  /**
   * The attempt is over without success; the task tries again.
   *
   * @param backoff how long it waits before that, in real time
   * @param resultId of the result that said so; empty when none did
   * @param traces of that result
   */
  record AttemptFailed(
      long fence,
      FailureCause cause,
      String message,
      Duration backoff,
      String resultId,
      Traces traces)
      implements TaskEvent {

    /** Of which nobody reported what the attempt touched, or which {@link Reported} has told. */
    public AttemptFailed(
        long fence, FailureCause cause, String message, Duration backoff, String resultId) {
      this(fence, cause, message, backoff, resultId, Traces.NONE);
    }
  }

  /** Every gate is green, and the commit waits for its merge. */
  record Queued(long fence) implements TaskEvent {}

  /** Every gate is green, and the work is merged where there is anything to merge. */
  record Done(long fence) implements TaskEvent {}

  /**
   * No attempt is left.
   *
   * @param resultId of the result that said so; empty when none did
   * @param traces of that result
   */
  record Failed(long fence, FailureCause cause, String message, String resultId, Traces traces)
      implements TaskEvent {

    /** Of which nobody reported what the attempt touched, or which {@link Reported} has told. */
    public Failed(long fence, FailureCause cause, String message, String resultId) {
      this(fence, cause, message, resultId, Traces.NONE);
    }
  }

  /** It needs a person. */
  record Held(String reason) implements TaskEvent {}

  /**
   * Its agent can't go on without an answer.
   *
   * @param blocker a name for the answer to refer to, chosen by the agent
   * @param kept the attempt waits for the answer with its slot and locks; otherwise it has ended
   */
  record BlockerRaised(long fence, String blocker, String text, boolean kept)
      implements TaskEvent {}

  /** A person has answered. */
  record BlockerAnswered(String blocker, String text, String by) implements TaskEvent {}

  /** How far its agent came, for the next attempt. */
  record Checkpointed(long fence, String text) implements TaskEvent {}

  /** What the live attempt has used so far, as its agent says. */
  record Used(long fence, Traces.Usage usage) implements TaskEvent {}

  /** The live attempt has files beyond those that its task declares, until it ends. */
  record FilesGranted(long fence, String request, List<FileAccess> files) implements TaskEvent {
    public FilesGranted {
      files = List.copyOf(files);
    }
  }

  /** A person approves of what was reported. */
  record Approved(String approval, String by, String note) implements TaskEvent {}

  /** Back to waiting, and its counters begin anew. */
  record Reopened(String reason) implements TaskEvent {}

  /** Its agent is told to stop. */
  record CancelRequested(long fence) implements TaskEvent {}

  /** It will not be done in this run. */
  record Cancelled(String reason) implements TaskEvent {}

  /**
   * It is left out.
   *
   * @param byPerson somebody goes on without it; otherwise what it needs was not done
   */
  record Skipped(String reason, boolean byPerson) implements TaskEvent {
    public Skipped(String reason) {
      this(reason, false);
    }
  }
}
