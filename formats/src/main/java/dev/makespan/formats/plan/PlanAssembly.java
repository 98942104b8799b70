package dev.makespan.formats.plan;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanLimits;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan that comes in the parts of {@link PlanParts}. Each part is read when it comes, so that its
 * message can be forgotten.
 */
public final class PlanAssembly {

  private final List<Task> tasks = new ArrayList<>();
  private dev.makespan.proto.plan.v1.@Nullable Plan frame;

  /**
   * The next part.
   *
   * @throws IllegalArgumentException where it is not part of a plan, with the field, what was
   *     expected and what was there
   */
  public PlanAssembly add(dev.makespan.proto.plan.v1.Plan part) {
    long size = (long) tasks.size() + part.getTasksCount();
    if (size > PlanLimits.MAX_TASKS) {
      throw new IllegalArgumentException(
          "tasks: expected at most %d, was %d".formatted(PlanLimits.MAX_TASKS, size));
    }
    var beside = part.toBuilder().clearTasks().build();
    if (frame == null) {
      frame = beside;
    } else if (!beside.equals(dev.makespan.proto.plan.v1.Plan.getDefaultInstance())) {
      throw new IllegalArgumentException("expected tasks alone after the first part");
    }
    part.getTasksList().forEach(this::add);
    return this;
  }

  private void add(dev.makespan.proto.plan.v1.Task proto) {
    try {
      Task task = TaskProto.fromProto(proto);
      tasks.add(tasks.isEmpty() ? task : sharing(tasks.getLast(), task));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "tasks[" + tasks.size() + "]: " + wrong.getMessage(), wrong);
    }
  }

  /**
   * {@code task}, with the parts that it has in common with the one before being the same objects:
   * most tasks of a large plan are alike, and a run keeps them until it ends.
   */
  private static Task sharing(Task before, Task task) {
    return new Task(
        task.id(),
        task.title(),
        shared(before.placement(), task.placement()),
        shared(before.estimate(), task.estimate()),
        task.needs(),
        task.stubs(),
        task.files(),
        task.uses(),
        task.milestones(),
        task.steps(),
        task.ranges(),
        shared(before.execution(), task.execution()),
        shared(before.completion(), task.completion()),
        shared(before.budget(), task.budget()));
  }

  private static <T> T shared(T before, T now) {
    return before.equals(now) ? before : now;
  }

  /**
   * The whole plan, when all parts have come.
   *
   * @throws IllegalArgumentException if it is none
   */
  public Plan plan() {
    if (frame == null) {
      throw new IllegalArgumentException("expected a plan, was none");
    }
    return PlanProto.fromProto(frame, tasks);
  }
}
