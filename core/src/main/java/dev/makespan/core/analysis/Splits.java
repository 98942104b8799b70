package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds tasks whose steps need different predecessors, or of which a successor needs only a part:
 * cuts them into their steps and schedules again.
 */
public final class Splits {

  /** Most tasks with steps that are tried. */
  static final int MAX_TRIED = 20;

  /** Larger plans are not cut. */
  static final int MAX_TASKS = 1_000;

  private final Map<Role, Integer> pools;
  private final Search search;

  private Splits(Map<Role, Integer> pools, Search search) {
    this.pools = pools;
    this.search = search;
  }

  /**
   * The fewest cuts that win all that cutting can win; empty: it wins nothing.
   *
   * @param schedule the makespan without cuts
   */
  public static Optional<Split> find(
      Plan plan, Map<Role, Integer> pools, Search search, Duration schedule) {
    List<TaskId> tasks =
        plan.tasks().size() > MAX_TASKS
            ? List.of()
            : plan.tasks().stream()
                .filter(task -> StepCut.isPossible(plan, task))
                .map(Task::id)
                .limit(MAX_TRIED)
                .toList();
    return tasks.isEmpty()
        ? Optional.empty()
        : new Splits(pools, search).best(plan, tasks, schedule);
  }

  private Optional<Split> best(Plan plan, List<TaskId> tasks, Duration schedule) {
    List<TaskId> kept = new ArrayList<>(tasks);
    Duration best = makespan(cut(plan, kept));
    for (TaskId task : tasks) {
      List<TaskId> fewer = kept.stream().filter(other -> !other.equals(task)).toList();
      Duration without = fewer.isEmpty() ? schedule : makespan(cut(plan, fewer));
      if (without.compareTo(best) <= 0) {
        best = without;
        kept = new ArrayList<>(fewer);
      }
    }
    Duration gain = schedule.minus(best);
    return kept.isEmpty() || !gain.isPositive()
        ? Optional.empty()
        : Optional.of(new Split(kept, gain, cut(plan, kept)));
  }

  private static Plan cut(Plan plan, List<TaskId> tasks) {
    Plan cut = plan;
    for (TaskId task : tasks) {
      cut = StepCut.of(cut, task);
    }
    return cut;
  }

  private Duration makespan(Plan plan) {
    return Duration.ofMillis(Solver.solve(Project.of(plan, pools), search).schedule().makespan());
  }
}
