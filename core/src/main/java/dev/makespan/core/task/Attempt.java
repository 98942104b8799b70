package dev.makespan.core.task;

import dev.makespan.core.plan.FileAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One agent's try at a task, as history.
 *
 * @param startedAt null: it never started
 * @param finishedAt null: it goes on
 * @param resultId empty: no result of it was accepted
 * @param checkpoint how far it came, in its agent's words, for the next attempt; empty: nothing
 *     said
 * @param granted files beyond those that the task declares, oldest first
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
    Map<String, Double> metrics,
    String checkpoint,
    List<Grant> granted,
    Delivery delivery) {

  public Attempt {
    granted = List.copyOf(granted);
  }

  /**
   * Files that it asked for and has.
   *
   * @param request the agent's name for what it asked
   */
  public record Grant(String request, List<FileAccess> files) {
    public Grant {
      files = List.copyOf(files);
    }
  }

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
    CANCELLED,
    /** It needs an answer that a person gives the next attempt; nothing was charged. */
    BLOCKED
  }

  /** An attempt that said nothing for the next one. */
  public Attempt(
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
    this(
        number,
        agent,
        fence,
        leasedAt,
        startedAt,
        finishedAt,
        outcome,
        message,
        resultId,
        metrics,
        "",
        List.of(),
        Delivery.NONE);
  }

  static Attempt leased(int number, AgentId agent, long fence, Instant at) {
    return new Attempt(number, agent, fence, at, null, null, Outcome.OPEN, "", "", Map.of());
  }

  Attempt started(Instant at) {
    return new Attempt(
        number,
        agent,
        fence,
        leasedAt,
        at,
        finishedAt,
        outcome,
        message,
        resultId,
        metrics,
        checkpoint,
        granted,
        delivery);
  }

  Attempt reported(String resultId, Map<String, Double> metrics, Delivery delivery) {
    return new Attempt(
        number,
        agent,
        fence,
        leasedAt,
        startedAt,
        finishedAt,
        outcome,
        message,
        resultId,
        metrics,
        checkpoint,
        granted,
        delivery);
  }

  Attempt ended(Instant at, Outcome outcome, String message) {
    return new Attempt(
        number,
        agent,
        fence,
        leasedAt,
        startedAt,
        at,
        outcome,
        message,
        resultId,
        metrics,
        checkpoint,
        granted,
        delivery);
  }

  Attempt checkpointed(String text) {
    return new Attempt(
        number,
        agent,
        fence,
        leasedAt,
        startedAt,
        finishedAt,
        outcome,
        message,
        resultId,
        metrics,
        text,
        granted,
        delivery);
  }

  Attempt used(Traces.Usage usage) {
    return reported(resultId, metrics, delivery.usingAtLeast(usage));
  }

  Attempt granted(Grant more) {
    List<Grant> all = new ArrayList<>(granted);
    all.add(more);
    return new Attempt(
        number,
        agent,
        fence,
        leasedAt,
        startedAt,
        finishedAt,
        outcome,
        message,
        resultId,
        metrics,
        checkpoint,
        all,
        delivery);
  }
}
