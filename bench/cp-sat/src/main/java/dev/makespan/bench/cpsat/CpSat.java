package dev.makespan.bench.cpsat;

import com.google.ortools.Loader;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.CumulativeConstraint;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import dev.makespan.bench.Yardstick;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The project as its manual would have it: an interval for each task, lags between their starts, a
 * cumulative constraint for each resource. One worker; reading the model and presolving count as
 * time.
 */
public final class CpSat implements Yardstick {

  @Override
  public String name() {
    return "cp-sat";
  }

  @Override
  public Found solve(Project project, Duration limit, long seed) {
    Loader.loadNativeLibraries();
    CpModel model = new CpModel();
    List<IntVar> starts = starts(project, model);
    CpSolver solver = new CpSolver();
    solver
        .getParameters()
        .setNumWorkers(1)
        .setRandomSeed((int) (seed & Integer.MAX_VALUE))
        .setMaxTimeInSeconds(limit.toNanos() / 1e9);
    CpSolverStatus status = solver.solve(model);
    boolean found = status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE;
    return new Found(
        found ? starts.stream().map(solver::value).toList() : List.of(),
        status == CpSolverStatus.OPTIMAL);
  }

  private static List<IntVar> starts(Project project, CpModel model) {
    TaskGraph graph = project.graph();
    long horizon = horizon(graph);
    IntVar makespan = model.newIntVar(0, horizon, "makespan");
    List<IntVar> starts = new ArrayList<>();
    List<IntervalVar> tasks = new ArrayList<>();
    for (int v = 0; v < graph.size(); v++) {
      IntVar start = model.newIntVar(0, horizon - graph.duration(v), "s" + v);
      starts.add(start);
      tasks.add(model.newFixedSizeIntervalVar(start, graph.duration(v), "t" + v));
      model.addGreaterOrEqual(makespan, LinearExpr.affine(start, 1, graph.duration(v)));
    }
    for (int v = 0; v < graph.size(); v++) {
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        IntVar before = starts.get(graph.predecessor(slot));
        model.addGreaterOrEqual(
            starts.get(v), LinearExpr.affine(before, 1, graph.predecessorLag(slot)));
      }
    }
    addResources(project, model, tasks);
    model.minimize(makespan);
    return starts;
  }

  private static void addResources(Project project, CpModel model, List<IntervalVar> tasks) {
    List<CumulativeConstraint> resources =
        project.resources().stream()
            .map(resource -> model.addCumulative(resource.capacity()))
            .toList();
    for (int v = 0; v < project.size(); v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        resources
            .get(project.demandResource(slot))
            .addDemand(tasks.get(v), project.demandUnits(slot));
      }
    }
  }

  /** One after another, each as late as its longest lag. */
  private static long horizon(TaskGraph graph) {
    long horizon = 0;
    for (int v = 0; v < graph.size(); v++) {
      long longest = graph.duration(v);
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        longest = Math.max(longest, graph.predecessorLag(slot));
      }
      horizon = Math.addExact(horizon, longest);
    }
    return horizon;
  }
}
