package dev.makespan.core.run;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.Counters;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as clients see it, at one position of its journal.
 *
 * @param startedAt the first start of a task; null before it
 * @param finishedAt the last finish of a task; null while the run is live
 * @param tasks in the plan's order; not all of them after a change of a large run
 * @param checkpoints of all phases, in the plan's order
 * @param merges null: nothing is merged in this run
 * @param budget what it may use and has used
 */
public record RunView(
    RunSpec spec,
    RunState state,
    long position,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    String reason,
    List<TaskView> tasks,
    List<Checkpoints.Checkpoint> checkpoints,
    @Nullable MergeView merges,
    BudgetView budget) {

  /** A run of more is not shown with all its tasks to who starts or changes it. */
  public static final int MAX_TASKS_OF_CHANGE = 20_000;

  public RunView {
    tasks = List.copyOf(tasks);
    checkpoints = List.copyOf(checkpoints);
  }

  /** What {@link Run#viewOfChange} shows of a run that was started before. */
  public RunView withoutTasksIfLarge() {
    return tasks.size() <= MAX_TASKS_OF_CHANGE
        ? this
        : new RunView(
            spec,
            state,
            position,
            startedAt,
            finishedAt,
            reason,
            List.of(),
            checkpoints,
            merges,
            budget);
  }

  /**
   * One task.
   *
   * @param readyAt when its needs were met; null before it
   */
  public record TaskView(
      TaskId id,
      TaskState state,
      @Nullable Instant readyAt,
      List<Attempt> attempts,
      Map<MilestoneId, Instant> milestones,
      Counters counters,
      List<Blocker> blockers) {

    public TaskView {
      attempts = List.copyOf(attempts);
      blockers = List.copyOf(blockers);
      milestones =
          milestones.isEmpty()
              ? Map.of()
              : Collections.unmodifiableMap(new LinkedHashMap<>(milestones));
    }
  }
}
