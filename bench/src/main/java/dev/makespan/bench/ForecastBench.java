package dev.makespan.bench;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanLimits;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Schedule;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Forecasts a generated plan of three-point durations. */
@Command(
    name = "forecast",
    description = "Forecasts a generated plan of three-point durations.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ForecastBench implements Callable<Integer> {

  private static final int NEEDS_PER_TASK = 4;
  private static final int AGENTS = 16;

  @Spec CommandSpec spec;

  @Option(
      names = "--tasks",
      defaultValue = "1000",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  int tasks;

  @Option(
      names = "--samples",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  int samples;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Default: ${DEFAULT-VALUE}.")
  long seed;

  @Mixin Repetitions repetitions;

  @Option(
      names = "--output",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "text or json.")
  BenchMain.Output output;

  @Override
  public Integer call() {
    repetitions.check();
    Settings.inRange("--tasks", tasks, 1, PlanLimits.MAX_TASKS);
    Settings.inRange("--samples", samples, 1, ForecastTerms.MAX_SAMPLES);
    Machine machine = Machine.here();
    int needs = tasks * NEEDS_PER_TASK;
    Plan plan = new LargePlan(LargePlan.Shape.LONG, seed, tasks, needs, 0, true).plan();
    Map<Role, Integer> pools = Map.of(LargePlan.ROLE, AGENTS);
    Project project = Project.of(plan, pools);
    Schedule schedule = Solver.solve(project, new Search(seed, 1)).schedule();
    ForecastTerms terms = ForecastTerms.of(seed, samples);
    Sheet sheet = new Sheet("forecast");
    sheet.fact("tasks", tasks);
    sheet.fact("samples", samples);
    sheet.add(
        repetitions.measure(
            "forecast", 1_500, 600, () -> Forecast.of(plan, project, schedule, terms)));
    spec.commandLine().getOut().println(Sheet.shown(machine, List.of(sheet), output));
    return 0;
  }
}
