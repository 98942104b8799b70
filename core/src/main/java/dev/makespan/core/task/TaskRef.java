package dev.makespan.core.task;

import dev.makespan.core.plan.TaskId;

/**
 * One attempt at one task, as every message about it names it.
 *
 * @param fence the writer's generation above, a counter below; grows over tasks and take-overs
 */
public record TaskRef(RunId run, TaskId task, long fence) {

  @Override
  public String toString() {
    return run + "/" + task + "/" + fence;
  }
}
