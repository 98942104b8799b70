package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why tasks of a run are not running.
 *
 * @param tasks that are neither running nor over, in the plan's order
 * @param tasksLeftOut so many more were too many to list
 * @param roles that the run's tasks have, and the agents that are there for each
 */
public record Explanation(
    RunId run,
    RunState state,
    Instant at,
    List<TaskExplanation> tasks,
    int tasksLeftOut,
    List<RoleAgents> roles) {

  public Explanation {
    tasks = List.copyOf(tasks);
    roles = List.copyOf(roles);
  }

  /**
   * One task.
   *
   * @param state its name
   * @param earliestStart from planned durations, scaled as those of its role have turned out; null:
   *     nobody can say, or it runs
   */
  public record TaskExplanation(
      TaskId task, String state, List<Reason> reasons, @Nullable Instant earliestStart) {
    public TaskExplanation {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * The agents of a role.
   *
   * @param slots of those that are connected and take tasks
   */
  public record RoleAgents(Role role, int agents, int slots, int free) {}
}
