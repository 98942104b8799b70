package dev.makespan.cli;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Schedule;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for a short schedule; needs no server. */
@Command(
    name = "schedule",
    header = "Find a short schedule for a plan, and how short one can be at all; needs no server.",
    description = {
      "Says who starts what when, the lower bound that no schedule beats, and the gap between them.",
      "The same seed and number of schedules find the same schedule."
    },
    footer = {
      "",
      "Examples:",
      "  makespan schedule plan.yaml",
      "  makespan schedule plan.yaml --agents backend=2,frontend=1",
      "  makespan schedule plan.yaml --seconds 10 --output json",
      "",
      "Exit codes: 0 done, 2 the plan has errors or can't be read."
    })
final class ScheduleCommand implements Callable<Integer> {

  /** What the genetic search makes of a small plan in well under a second. */
  static final int DEFAULT_SCHEDULES = 50_000;

  /** Longest search. */
  static final int MAX_SECONDS = 3_600;

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PoolsOption agents = new PoolsOption();

  /** How long to search: either, or the default. */
  static final class Limit {
    @Option(
        names = "--schedules",
        paramLabel = "N",
        description = "How many schedules to try (default: " + DEFAULT_SCHEDULES + ").")
    @Nullable Integer schedules;

    @Option(names = "--seconds", paramLabel = "N", description = "How long to search.")
    @Nullable Integer seconds;
  }

  @ArgGroup Limit limit = new Limit();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "What chance starts from (default: 1).")
  long seed = 1;

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Override
  public Integer call() throws Failure {
    requireLimit();
    Plan plan = AnalyzeCommand.accepted(PlanFile.read(file));
    Map<Role, Integer> pools = agents.over(plan);
    Project project = Project.of(plan, pools);
    Solution solution = solve(project);
    requireSound(project, solution.schedule());
    PrintWriter out = command.commandLine().getOut();
    out.print(
        output.isJson()
            ? Json.text(SolutionJson.of(plan, pools, solution, seed)) + "\n"
            : SolutionText.of(plan, pools, solution, Terminal.ofProcess().columns()));
    out.flush();
    return ExitCodes.DONE;
  }

  private void requireLimit() throws Failure {
    require("--schedules", limit.schedules, Search.MAX_SCHEDULES);
    require("--seconds", limit.seconds, MAX_SECONDS);
  }

  private static void require(String option, @Nullable Integer number, int most) throws Failure {
    if (number != null && (number < 1 || number > most)) {
      throw Failure.badInput("%s: expected 1 to %d, was %d".formatted(option, most, number));
    }
  }

  private Solution solve(Project project) {
    if (limit.seconds == null) {
      int schedules = limit.schedules == null ? DEFAULT_SCHEDULES : limit.schedules;
      return Solver.solve(project, new Search(seed, schedules));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(limit.seconds);
    return Solver.solve(
        project, new Search(seed, Search.MAX_SCHEDULES), () -> System.nanoTime() - end > 0);
  }

  /** Believes no schedule that the independent check does not pass. */
  private static void requireSound(Project project, Schedule schedule) {
    List<String> violations = ScheduleCheck.violations(project, schedule.starts());
    if (!violations.isEmpty()) {
      throw new IllegalStateException("the schedule breaks the plan: " + violations.getFirst());
    }
  }
}
