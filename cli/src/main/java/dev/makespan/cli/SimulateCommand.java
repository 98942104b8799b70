package dev.makespan.cli;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forecasts the finish of a plan; needs no server. */
@Command(
    name = "simulate",
    header = "Forecast when a plan will be done, from its three-point durations; needs no server.",
    description = {
      "Draws durations (PERT-beta) many times while every agent keeps to the planned order: P10, P50,",
      "P80 and P95 of the finish, how likely the plan holds, and which tasks move the finish most."
    },
    footer = {
      "",
      "Examples:",
      "  makespan simulate plan.yaml",
      "  makespan simulate plan.yaml --assume 0.8,1.6",
      "  makespan simulate plan.yaml --correlation 0.5 --samples 100000 --output json",
      "",
      "Exit codes: 0 done, 2 the plan has errors or can't be read."
    })
final class SimulateCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PoolsOption agents = new PoolsOption();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How often to draw (default: " + ForecastTerms.DEFAULT_SAMPLES + ").")
  int samples = ForecastTerms.DEFAULT_SAMPLES;

  @Option(
      names = "--correlation",
      paramLabel = "0..1",
      description = "How far tasks of one role are late together (default: 0).")
  double correlation;

  @Option(
      names = "--assume",
      paramLabel = "BEST,WORST",
      description =
          "For tasks with one value only: best and worst case as parts of it, such as 0.8,1.6"
              + " (default: 1,1, which is certain).")
  String assumed = "1,1";

  @Option(names = "--seed", paramLabel = "N", description = "What chance starts from (default: 1).")
  long seed = 1;

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Override
  public Integer call() throws Failure {
    ForecastTerms terms = terms();
    Plan plan = AnalyzeCommand.accepted(PlanFile.read(file));
    Map<Role, Integer> pools = agents.over(plan);
    Project project = Project.of(plan, pools);
    Forecast forecast =
        Forecast.of(plan, project, Solver.solve(project, Search.DEFAULT).schedule(), terms);
    PrintWriter out = command.commandLine().getOut();
    out.print(
        output.isJson()
            ? Json.text(ForecastView.json(plan, terms, forecast)) + "\n"
            : ForecastView.text(plan, terms, forecast));
    out.flush();
    return ExitCodes.DONE;
  }

  private ForecastTerms terms() throws Failure {
    String[] factors = assumed.split(",", -1);
    if (factors.length != 2) {
      throw Failure.badInput(
          "--assume: expected BEST,WORST, such as 0.8,1.6, was '" + assumed + "'");
    }
    try {
      return new ForecastTerms(
          seed,
          samples,
          correlation,
          Double.parseDouble(factors[0]),
          Double.parseDouble(factors[1]));
    } catch (NumberFormatException e) {
      throw new Failure(
          ExitCodes.BAD_INPUT,
          "--assume: expected BEST,WORST, such as 0.8,1.6, was '" + assumed + "'",
          e);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCodes.BAD_INPUT, String.valueOf(e.getMessage()), e);
    }
  }
}
