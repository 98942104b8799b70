package dev.makespan.core.finding;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.graph.ImpliedNeeds;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.FileLock;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.SearchWatch;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.util.List;
import java.util.Map;

/**
 * What findings are looked for in: a plan with all that was computed of it already.
 *
 * @param pools slots of every role
 * @param locks what the schedule respects
 * @param search the same for the plan and for every remedy, so that gains are what an analysis of
 *     the changed plan says
 * @param analysis of the plan, made of the same schedule
 * @param implied which needs others imply
 * @param flows what goes from task to task by way of files
 * @param wholeNeeds in the plan's order
 */
public record Scope(
    Plan plan,
    Map<Role, Integer> pools,
    TaskGraph graph,
    CriticalPath criticalPath,
    List<FileLock> locks,
    Project project,
    Solution solution,
    Search search,
    Pricing pricing,
    PlanAnalysis analysis,
    ImpliedNeeds implied,
    FileFlows flows,
    List<WholeNeed> wholeNeeds) {

  /** Schedules the plan, and counts what that took on the budget for prices. */
  public static Scope of(Plan plan, Map<Role, Integer> pools, Search search) {
    return of(plan, pools, search, SearchWatch.NONE);
  }

  /** As above; {@code watch} may end the search for the plan's schedule. */
  public static Scope of(Plan plan, Map<Role, Integer> pools, Search search, SearchWatch watch) {
    TaskGraph graph = TaskGraph.of(plan);
    List<FileLock> locks = FileLocks.of(plan, graph);
    Project project = Project.of(plan, graph, pools, locks);
    Solution solution = Solver.solve(project, search, watch);
    CriticalPath path = CriticalPath.of(graph);
    return new Scope(
        plan,
        pools,
        graph,
        path,
        locks,
        project,
        solution,
        search,
        new Pricing(
            new ChangedPlan.Base(plan, graph, locks),
            pools,
            search,
            solution.schedule().makespan()),
        PlanAnalysis.of(plan, pools, search, graph, path, locks, solution),
        ImpliedNeeds.of(graph),
        new FileFlows(plan),
        WholeNeed.all(plan, graph, path));
  }

  /** The task with this index in the graph. */
  public Task task(int index) {
    return plan.tasks().get(index);
  }

  /** The id of the task with this index in the graph. */
  public TaskId id(int index) {
    return task(index).id();
  }

  /** The makespan of the schedule now, in milliseconds. */
  public long makespanMillis() {
    return solution.schedule().makespan();
  }
}
