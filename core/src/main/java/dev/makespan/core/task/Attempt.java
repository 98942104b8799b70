package dev.makespan.core.task;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent's try at a task, as history.
 *
 * @param startedAt null: it never started
 * @param finishedAt null: it goes on
 * @param resultId empty: no result of it was accepted
 */
public record Attempt(
    int number,
    AgentId agent,
    long fence,
    Instant leasedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Outcome outcome,
    String message,
    String resultId,
    Map<String, Double> metrics) {

  /** How it ended. */
  public enum Outcome {
    /** It has not ended. */
    OPEN,
    DONE,
    FAILED,
    /** A gate was red. */
    REJECTED,
    /** The agent was lost, or its lease ran out. */
    LOST,
    /** Refused or never delivered; nothing was charged. */
    RETURNED,
    CANCELLED
  }

  static Attempt leased(int number, AgentId agent, long fence, Instant at) {
    return new Attempt(number, agent, fence, at, null, null, Outcome.OPEN, "", "", Map.of());
  }

  Attempt started(Instant at) {
    return new Attempt(
        number, agent, fence, leasedAt, at, finishedAt, outcome, message, resultId, metrics);
  }

  Attempt reported(String resultId, Map<String, Double> metrics) {
    return new Attempt(
        number, agent, fence, leasedAt, startedAt, finishedAt, outcome, message, resultId, metrics);
  }

  Attempt ended(Instant at, Outcome outcome, String message) {
    return new Attempt(
        number, agent, fence, leasedAt, startedAt, at, outcome, message, resultId, metrics);
  }
}
