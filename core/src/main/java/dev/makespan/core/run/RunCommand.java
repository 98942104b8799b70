package dev.makespan.core.run;

import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskCommand;
import java.time.Instant;
import java.util.List;

/** What somebody wants to happen in a run. */
public sealed interface RunCommand {

  /** Begin: tasks without needs become ready. */
  record Start() implements RunCommand {}

  /** Nothing new starts; what is live goes on. */
  record Pause(String reason) implements RunCommand {}

  /**
   * Tasks may start again.
   *
   * @param budget other limits than the run has so far
   * @param by who says so
   */
  record Resume(BudgetChange budget, String by) implements RunCommand {
    public Resume() {
      this(BudgetChange.NONE, "");
    }
  }

  /** Nothing new starts if a limit of the run is reached by now. */
  record PauseOverBudget(Instant now) implements RunCommand {}

  /** Go on with another version of the plan. */
  record Amend(Plan plan, int planVersion) implements RunCommand {}

  /** What the tasks of a phase have made is good: open what follows. */
  record ApproveCheckpoint(PhaseId phase, String gate, String by, String note)
      implements RunCommand {}

  /** Nothing new starts; what is live is told to stop. */
  record Cancel(String reason) implements RunCommand {}

  /** An integrator says what became of its batch. */
  record EndBatch(long fence, String resultId, BatchReport report) implements RunCommand {}

  /** Whatever follows for the merge queue from what has happened: one step of it, or nothing. */
  record SettleMerges() implements RunCommand {}

  /** Let nothing be merged. */
  record HoldMerges(String reason, String by) implements RunCommand {}

  /** Go on merging. */
  record ReleaseMerges(String by) implements RunCommand {}

  /** Merge these before all else, in this order. */
  record ReorderMerges(List<TaskId> first, String by) implements RunCommand {
    public ReorderMerges {
      first = List.copyOf(first);
    }
  }

  /** Something for one task. */
  record OnTask(TaskId task, TaskCommand command) implements RunCommand {}
}
