package dev.makespan.core.run;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.TaskCommand;

/** What somebody wants to happen in a run. */
public sealed interface RunCommand {

  /** Begin: tasks without needs become ready. */
  record Start() implements RunCommand {}

  /** Nothing new starts; what is live is told to stop. */
  record Cancel(String reason) implements RunCommand {}

  /** Something for one task. */
  record OnTask(TaskId task, TaskCommand command) implements RunCommand {}
}
