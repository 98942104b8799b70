package dev.makespan.core.change;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.List;

/** One change of a plan. Changes of a list are made one after another. */
public sealed interface PlanChange {

  /** The task waits for one more. */
  record AddNeed(TaskId task, Need need) implements PlanChange {}

  /** The task waits for one less. */
  record RemoveNeed(TaskId task, Need need) implements PlanChange {}

  /**
   * The task waits for {@code now} in the place of {@code old}: a milestone, or pieces of a task.
   */
  record ReplaceNeed(TaskId task, Need old, List<Need> now) implements PlanChange {
    public ReplaceNeed {
      now = List.copyOf(now);
    }
  }

  /** The task no longer waits but starts against a stub that is wired later. */
  record ReplaceNeedByStub(TaskId task, Need old, Stub now) implements PlanChange {}

  /** The task tells when a part of it is done. */
  record AddMilestone(TaskId task, Milestone milestone) implements PlanChange {}

  /** The task touches one more path. */
  record AddAccess(TaskId task, FileAccess access) implements PlanChange {}

  /** The task touches another path, or the same in another mode. */
  record ReplaceAccess(TaskId task, FileAccess old, FileAccess now) implements PlanChange {}

  /** The task no longer touches a path so. */
  record RemoveAccess(TaskId task, FileAccess access) implements PlanChange {}

  /** The policy of a path; takes the place of a policy with the same path. */
  record SetPolicy(FilePolicy policy) implements PlanChange {}

  /** So many slots of a role. */
  record SetPool(Role role, int slots) implements PlanChange {}

  /** So much of a shared resource. */
  record SetResource(String resource, int capacity) implements PlanChange {}

  /** Numbers to hand out; takes the place of a range with the same name. */
  record SetRange(NumberRange range) implements PlanChange {}

  /** The task takes numbers from a range. */
  record TakeRange(TaskId task, String range) implements PlanChange {}

  /** The task carries a label; takes the place of a label with the same key. */
  record SetLabel(TaskId task, String key, String value) implements PlanChange {}

  /**
   * Pieces stand in the place of a task. Needs of other tasks on it are changed by {@link
   * ReplaceNeed} beside this.
   */
  record SplitTask(TaskId task, List<Task> pieces) implements PlanChange {
    public SplitTask {
      pieces = List.copyOf(pieces);
    }
  }
}
