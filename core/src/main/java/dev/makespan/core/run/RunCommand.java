package dev.makespan.core.run;

import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskCommand;

/** What somebody wants to happen in a run. */
public sealed interface RunCommand {

  /** Begin: tasks without needs become ready. */
  record Start() implements RunCommand {}

  /** Nothing new starts; what is live goes on. */
  record Pause(String reason) implements RunCommand {}

  /** Tasks may start again. */
  record Resume() implements RunCommand {}

  /** Go on with another version of the plan. */
  record Amend(Plan plan, int planVersion) implements RunCommand {}

  /** What the tasks of a phase have made is good: open what follows. */
  record ApproveCheckpoint(PhaseId phase, String gate, String by, String note)
      implements RunCommand {}

  /** Nothing new starts; what is live is told to stop. */
  record Cancel(String reason) implements RunCommand {}

  /** Something for one task. */
  record OnTask(TaskId task, TaskCommand command) implements RunCommand {}
}
