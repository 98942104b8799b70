package dev.makespan.agent.runner;

import dev.makespan.agent.Runner.News;
import dev.makespan.agent.WorkProgress;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.nio.file.Path;

/**
 * One attempt, as a {@link Worker} sees it.
 *
 * @param attempt from 1
 * @param folder empty, and of this attempt alone; artifacts are looked for in it, then it is
 *     deleted
 */
public record Assignment(
    TaskRef task, int attempt, TaskSpec spec, TaskContext context, Path folder, News news) {

  /** The task's name in its plan. */
  public TaskId id() {
    return task.task();
  }

  /** The value of a variable that the plan gives the task. */
  public String variable(String name) throws AttemptProblem {
    String value = spec.env().getOrDefault(name, "");
    if (value.isBlank()) {
      throw AttemptProblem.forGood("expected the plan to set " + name + " for task " + id());
    }
    return value;
  }

  /** What a task that was needed has published under {@code name}. */
  public String published(TaskId by, String name) throws AttemptProblem {
    for (TaskContext.Predecessor predecessor : context.predecessors()) {
      String value = predecessor.outputs().get(name);
      if (predecessor.task().equals(by) && value != null) {
        return value;
      }
    }
    throw AttemptProblem.forGood("expected task " + by + " to publish " + name + ", it did not");
  }

  /** Says how far the work is. */
  public void progressed(int percent, String note) {
    news.progressed(WorkProgress.of(percent, note));
  }

  /** Says that a milestone of the task is reached. */
  public void reached(String milestone) {
    news.reached(new MilestoneId(milestone));
  }
}
