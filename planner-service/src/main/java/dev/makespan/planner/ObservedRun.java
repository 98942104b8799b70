package dev.makespan.planner;

import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.RunState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as the scheduler tells it.
 *
 * @param weight its share of agents beside other runs; 1 in lists
 * @param startedAt the first start of a task; null before it
 * @param finishedAt the last finish; null while the run is live
 * @param tasks in the plan's order; left out of lists
 * @param checkpoints of its phases; left out of lists
 * @param position of the last event that is in here
 * @param reason why it failed, was cancelled or is paused; empty otherwise
 * @param merges null: nothing is merged, or left out of a list
 * @param budget left out of lists
 */
public record ObservedRun(
    long id,
    String planName,
    int planVersion,
    RunState state,
    double speed,
    boolean simulated,
    int weight,
    Map<String, String> parameters,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<ObservedTask> tasks,
    List<ObservedCheckpoint> checkpoints,
    long position,
    String reason,
    @Nullable MergeView merges,
    @Nullable ObservedBudget budget) {

  public ObservedRun {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    tasks = List.copyOf(tasks);
    checkpoints = List.copyOf(checkpoints);
  }
}
