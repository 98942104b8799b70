package dev.makespan.core.task;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import java.util.List;
import java.util.Map;

/** What somebody wants to happen to a task. */
public sealed interface TaskCommand {

  /** All that it needs is there. */
  record MakeReady() implements TaskCommand {}

  /** Give it to an agent, under a fence that no attempt had before. */
  record Lease(AgentId agent, long fence) implements TaskCommand {}

  /** Its agent will work on it. */
  record Accept(long fence) implements TaskCommand {}

  /** Its agent won't, or never answered. */
  record Return(long fence, String reason) implements TaskCommand {}

  /** A part of it is there. */
  record ReachMilestone(long fence, MilestoneId milestone) implements TaskCommand {}

  /**
   * Its agent says that the work is good.
   *
   * @param gates by name, what the agent found; null value never occurs
   */
  record Succeed(
      long fence,
      String resultId,
      Map<String, Double> metrics,
      Map<String, GateFinding> gates,
      Delivery delivery)
      implements TaskCommand {

    /** Of work that leaves nothing. */
    public Succeed(
        long fence, String resultId, Map<String, Double> metrics, Map<String, GateFinding> gates) {
      this(fence, resultId, metrics, gates, Delivery.NONE);
    }
  }

  /**
   * Its agent says that the work failed.
   *
   * @param retryable whether trying again may help
   */
  record Fail(long fence, String resultId, String message, boolean retryable, Traces traces)
      implements TaskCommand {

    /** Of work of which nobody reported what it touched. */
    public Fail(long fence, String resultId, String message, boolean retryable) {
      this(fence, resultId, message, retryable, Traces.NONE);
    }
  }

  /** Its agent is lost or its lease has run out. */
  record Lose(long fence, String reason) implements TaskCommand {}

  /** It has run longer than its timeout. */
  record TimeOut(long fence, String message) implements TaskCommand {}

  /** Its pause between attempts is over. */
  record EndBackoff() implements TaskCommand {}

  /**
   * Its agent can't go on without an answer.
   *
   * @param keep whether the attempt waits for it
   */
  record RaiseBlocker(long fence, String blocker, String text, boolean keep)
      implements TaskCommand {}

  /** How far its agent came, for the next attempt. */
  record Checkpoint(long fence, String text) implements TaskCommand {}

  /** What its agent has used so far. */
  record Use(long fence, Traces.Usage usage) implements TaskCommand {}

  /**
   * It has used up its budget: its attempt ends, or none begins, until a person says so.
   *
   * @param fence of the live attempt; 0: none is
   */
  record HoldOverBudget(long fence, String reason) implements TaskCommand {}

  /**
   * Files that are free, beyond those that the task declares.
   *
   * @param request the agent's name for what it asked
   */
  record GrantFiles(long fence, String request, List<FileAccess> files) implements TaskCommand {}

  /** Its work is merged. */
  record Land(long fence) implements TaskCommand {}

  /** Its work can't be merged: the next attempt begins with the report. */
  record Reject(long fence, String report) implements TaskCommand {}

  /** What a person wants, or whoever speaks for one. */
  sealed interface ByPerson extends TaskCommand {}

  /** It is not wanted any more. */
  record Cancel(String reason) implements ByPerson {}

  /** Try it again, with all its attempts before it. */
  record Retry(String reason) implements ByPerson {}

  /** Go on without it: what needs it may start. */
  record LeaveOut(String reason) implements ByPerson {}

  /** What was reported is good. */
  record Approve(String approval, String by, String note) implements ByPerson {}

  /** What was reported is not good: a red gate, whose report is the note. */
  record Decline(String approval, String by, String note) implements ByPerson {}

  /** What was accepted is not to be merged: the next attempt begins with the note. */
  record Drop(String by, String note) implements ByPerson {}

  /**
   * The answer to a blocker.
   *
   * @param blocker empty: the only open one
   */
  record AnswerBlocker(String blocker, String text, String by) implements ByPerson {}

  /** Its agent has stopped as told, or its lease has ended meanwhile. */
  record ConfirmCancel(long fence, String reason) implements TaskCommand {}

  /** What it needs will never be there. */
  record Skip(String reason) implements TaskCommand {}

  /** What an agent found of a gate. */
  record GateFinding(boolean green, String report) {}
}
