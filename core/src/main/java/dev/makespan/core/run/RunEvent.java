package dev.makespan.core.run;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import java.time.Instant;
import java.util.List;

/**
 * One entry of a run's journal.
 *
 * @param position counts from 1 without a gap within the run
 */
public record RunEvent(RunId run, long position, Instant at, Change change) {

  /** What changed. */
  public sealed interface Change {}

  /** The run exists; from here its weight is known. */
  public record RunStarted(int weight) implements Change {
    public RunStarted() {
      this(RunSpec.MIN_WEIGHT);
    }
  }

  /** Nothing new starts until it is resumed; what is live goes on. */
  public record RunPaused(String reason) implements Change {}

  /** Tasks may start again. */
  public record RunResumed() implements Change {}

  /** A person sets other limits for the run than its plan has. */
  public record BudgetSet(Budget limit, String by) implements Change {}

  /** From here on it is a run of this plan. Tasks keep their lives. */
  public record RunAmended(Plan plan, int planVersion) implements Change {}

  /** A person opens a gate behind a phase. */
  public record CheckpointApproved(PhaseId phase, String gate, String by, String note)
      implements Change {}

  /** From here on nothing new starts. */
  public record RunCancelRequested(String reason) implements Change {}

  /**
   * Every task is in a final state.
   *
   * @param state a final one
   */
  public record RunFinished(RunState state, String reason) implements Change {}

  /** A run that had ended without success goes on. */
  public record RunReopened(String reason) implements Change {}

  /**
   * An agent merges these; what it says of them ends the batch.
   *
   * @param members in merge order; empty: only the run's integration branch is moved to the head
   */
  public record BatchFormed(long fence, List<BatchMember> members) implements Change {
    public BatchFormed {
      members = List.copyOf(members);
    }
  }

  /** What was merged holds from here on. */
  public record BatchEnded(long fence, BatchReport report) implements Change {}

  /** Nothing is merged until the queue is released; a batch that is being merged goes on. */
  public record MergesHeld(String reason, String by) implements Change {}

  /** Work is merged again. */
  public record MergesReleased(String by) implements Change {}

  /** These are merged before all else, in this order. */
  public record MergesReordered(List<TaskId> first, String by) implements Change {
    public MergesReordered {
      first = List.copyOf(first);
    }
  }

  /** Something happened to one task. */
  public record TaskChanged(TaskId task, TaskEvent event) implements Change {}
}
