package dev.makespan.bench;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.Waves;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Analyses a large generated plan and tells how long each part takes. */
@Command(
    name = "analysis",
    description = "Analyses a large generated plan.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class AnalysisBench implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(names = "--tasks", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}.")
  int tasks;

  @Option(names = "--needs", defaultValue = "400000", description = "Default: ${DEFAULT-VALUE}.")
  int needs;

  @Option(names = "--accesses", defaultValue = "200000", description = "Default: ${DEFAULT-VALUE}.")
  int accesses;

  @Option(names = "--agents", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}.")
  int agents;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(names = "--repeat", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  int repeat;

  @Option(names = "--output", defaultValue = "text", description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() {
    Plan plan = new LargePlan(seed, tasks, needs, accesses).plan();
    for (int i = 0; i < repeat; i++) {
      measure(plan);
    }
    return 0;
  }

  private void measure(Plan plan) {
    Map<Role, Integer> pools = Map.of(LargePlan.ROLE, agents);
    long began = System.nanoTime();
    TaskGraph graph = TaskGraph.of(plan);
    CriticalPath path = CriticalPath.of(graph);
    int waves = Waves.of(graph).size();
    double graphMillis = millisSince(began);
    Project project = Project.of(plan, graph, pools, List.of());
    began = System.nanoTime();
    Solution solution = Solver.solve(project, Search.DEFAULT);
    double scheduleMillis = millisSince(began);
    began = System.nanoTime();
    PlanAnalysis analysis = PlanAnalysis.of(plan, pools, Search.DEFAULT);
    double analysisMillis = millisSince(began);
    String format =
        output == BenchMain.Output.JSON
            ? "{\"graphMillis\":%.1f,\"scheduleMillis\":%.1f,\"analysisMillis\":%.1f,"
                + "\"criticalPath\":%d,\"waves\":%d,\"makespan\":%d,\"hazards\":%d}"
            : "graph, critical path, waves %.1f ms; schedule %.1f ms; full analysis %.1f ms "
                + "(critical path %d, %d waves, makespan %d, %d hazards)";
    spec.commandLine()
        .getOut()
        .println(
            String.format(
                Locale.ROOT,
                format,
                graphMillis,
                scheduleMillis,
                analysisMillis,
                path.length(),
                waves,
                solution.schedule().makespan(),
                analysis.hazards().size()));
  }

  private static double millisSince(long beganNanos) {
    return (System.nanoTime() - beganNanos) / 1e6;
  }
}
