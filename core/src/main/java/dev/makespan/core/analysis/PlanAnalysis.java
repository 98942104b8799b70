package dev.makespan.core.analysis;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.FileLock;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.LowerBound;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the planner computes of a plan. Times count from the start of the run, in plan time. The
 * same plan, pools and search give the same analysis.
 *
 * @param sequential everything one after another
 * @param criticalPath the longest chain of needs, whatever the agents
 * @param schedule the makespan of the best schedule found
 * @param lowerBound no schedule is shorter
 * @param lowerBoundReason what the lower bound rests on, in one sentence
 * @param waves for display: nothing waits for a wave
 * @param tasks by start, then in the plan's order
 * @param hazards by path
 * @param remarks one sentence each; what is a finding is none of them
 */
public record PlanAnalysis(
    Duration sequential,
    Duration criticalPath,
    Duration schedule,
    Duration lowerBound,
    String lowerBoundReason,
    List<TaskId> criticalTasks,
    List<List<TaskId>> waves,
    List<PlannedTask> tasks,
    List<Hazard> hazards,
    List<String> remarks) {

  public PlanAnalysis {
    criticalTasks = List.copyOf(criticalTasks);
    waves = waves.stream().map(List::copyOf).toList();
    tasks = List.copyOf(tasks);
    hazards = List.copyOf(hazards);
    remarks = List.copyOf(remarks);
  }

  /**
   * Analyses a plan.
   *
   * @param pools slots of each role; a role that is not named has what the plan assumes
   * @throws IllegalArgumentException when a pool has no slot or a task uses more of a resource than
   *     there is
   */
  public static PlanAnalysis of(Plan plan, Map<Role, Integer> pools, Search search) {
    TaskGraph graph = TaskGraph.of(plan);
    List<FileLock> locks = FileLocks.of(plan, graph);
    Solution solution = Solver.solve(Project.of(plan, graph, pools, locks), search);
    return of(plan, pools, search, graph, CriticalPath.of(graph), locks, solution);
  }

  /** As above, of a schedule that is there already. */
  public static PlanAnalysis of(
      Plan plan,
      Map<Role, Integer> pools,
      Search search,
      TaskGraph graph,
      CriticalPath path,
      List<FileLock> locks,
      Solution solution) {
    LowerBound bound = solution.bound();
    long schedule = solution.schedule().makespan();
    long sequential = plan.tasks().stream().mapToLong(t -> t.duration().toMillis()).sum();
    List<Hazard> hazards = new Hazards(plan, graph, pools, search).find(locks, schedule);
    return new PlanAnalysis(
        Duration.ofMillis(sequential),
        Duration.ofMillis(path.length()),
        Duration.ofMillis(schedule),
        Duration.ofMillis(bound.value()),
        bound.reason(),
        ids(plan, Arrays.stream(path.criticalTasks()).boxed().toList()),
        Waves.of(graph).stream().map(wave -> ids(plan, wave)).toList(),
        PlannedTask.of(plan, path, solution.schedule()),
        hazards,
        Remarks.of(plan, solution));
  }

  private static List<TaskId> ids(Plan plan, List<Integer> tasks) {
    return tasks.stream().map(task -> plan.tasks().get(task).id()).toList();
  }
}
