package dev.makespan.core.finding;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.FileLock;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan after changes, scheduled with these slots. What changes leave as it is is not made anew.
 */
record ChangedPlan(
    Plan plan, Map<Role, Integer> pools, TaskGraph graph, List<FileLock> locks, Solution solution) {

  /** What the changes are made to. */
  record Base(Plan plan, TaskGraph graph, List<FileLock> locks) {}

  /** Empty: the changed plan has a cycle. */
  static Optional<ChangedPlan> of(
      Base base, Plan changed, Map<Role, Integer> pools, Search search) {
    return TaskGraph.find(changed, base.plan(), base.graph())
        .map(graph -> {
          List<FileLock> locks =
              locksAreSame(base, changed, graph) ? base.locks() : FileLocks.of(changed, graph);
          Project project = Project.of(changed, graph, pools, locks);
          return new ChangedPlan(changed, pools, graph, locks, Solver.solve(project, search));
        });
  }

  @SuppressWarnings("ReferenceEquality") // the very objects: what changes do not touch they hand on
  private static boolean locksAreSame(Base base, Plan changed, TaskGraph graph) {
    boolean same = graph == base.graph() && changed.files() == base.plan().files();
    for (int i = 0; i < changed.tasks().size() && same; i++) {
      same = changed.tasks().get(i).files() == base.plan().tasks().get(i).files();
    }
    return same;
  }

  long makespanMillis() {
    return solution.schedule().makespan();
  }

  @SuppressWarnings("ReferenceEquality") // a graph that no change touched is the very object
  PlanAnalysis analysis(Scope before) {
    boolean same = graph == before.graph();
    return PlanAnalysis.of(
        plan,
        pools,
        before.search(),
        graph,
        same ? before.criticalPath() : CriticalPath.of(graph),
        locks,
        solution);
  }
}
