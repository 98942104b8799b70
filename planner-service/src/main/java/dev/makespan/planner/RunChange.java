package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.BudgetChange;
import java.util.List;

/** What a client wants of a live run. */
public sealed interface RunChange {

  /** Nothing new starts; what is live goes on. */
  record Pause(String reason) implements RunChange {}

  /** Tasks may start again, with other limits where some are set. */
  record Resume(BudgetChange budget, String by) implements RunChange {}

  /** Goes on with another version of its plan, whose parameters are bound. */
  record Amend(Plan plan, int planVersion) implements RunChange {}

  /** One task is not wanted any more. */
  record CancelTask(String task, String reason) implements RunChange {}

  /** One task is tried again. */
  record RetryTask(String task, String reason) implements RunChange {}

  /** One task is left out; what needs it may start. */
  record SkipTask(String task, String reason) implements RunChange {}

  /** Nothing is merged until the queue is released. */
  record HoldMerges(String reason, String by) implements RunChange {}

  /** Work is merged again. */
  record ReleaseMerges(String by) implements RunChange {}

  /** These are merged before all else, in this order. */
  record ReorderMerges(List<String> first, String by) implements RunChange {
    public ReorderMerges {
      first = List.copyOf(first);
    }
  }

  /** What was accepted of a task is not merged: its next attempt begins with the note. */
  record DropMerge(String task, String note, String by) implements RunChange {}

  /** Merging is tried again after trouble. */
  record RetryMerges(String reason, String by) implements RunChange {}

  /**
   * A person judges.
   *
   * @param subject the id of a task, or of a phase
   * @param name of the approval; of other gates of a phase the text
   * @param decline the opposite, of a task
   */
  record Approve(Subject of, String subject, String name, String by, String note, boolean decline)
      implements RunChange {}

  /** What is judged. */
  enum Subject {
    TASK,
    PHASE
  }

  /**
   * A person answers an agent.
   *
   * @param blocker empty: the only open one
   */
  record AnswerBlocker(String task, String blocker, String text, String by) implements RunChange {}
}
