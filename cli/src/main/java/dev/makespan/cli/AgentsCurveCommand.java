package dev.makespan.cli;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.CurveWatch;
import dev.makespan.core.schedule.Overheads;
import dev.makespan.core.schedule.Search;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How many agents are worth it; needs no server. */
@Command(
    name = "agents-curve",
    header = "Say how many agents are worth it; needs no server.",
    description = {
      "The makespan with 1, 2, 3 … agents until more cannot help, what is left of it when merging and",
      "conflicts are counted (net), and the knee: the fewest agents within 3 %% of the best net."
    },
    footer = {
      "",
      "Examples:",
      "  makespan agents-curve plan.yaml",
      "  makespan agents-curve plan.yaml --role backend --max 4",
      "  makespan agents-curve plan.yaml --merge 5m --conflicts 0.25 --rework 0.5",
      "",
      "Exit codes: 0 done, 2 the plan has errors or can't be read."
    })
final class AgentsCurveCommand implements Callable<Integer> {

  /** Most agents that are tried when nobody says otherwise. */
  static final int DEFAULT_MOST = 32;

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PoolsOption agents = new PoolsOption();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Vary the agents of this role (default: of all roles together).")
  String role = "";

  @Option(
      names = "--max",
      paramLabel = "N",
      description = "Most agents to try (default: " + DEFAULT_MOST + ").")
  int most = DEFAULT_MOST;

  @Option(
      names = "--merge",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "What merging a task that ran beside others takes (default: 1m, assumed).")
  Duration merge = Overheads.ASSUMED.merge();

  @Option(
      names = "--conflicts",
      paramLabel = "CHANCE",
      description =
          "Chance that two tasks which write in one folder at once conflict (default: 0.05, assumed).")
  double conflicts = Overheads.ASSUMED.conflictChance();

  @Option(
      names = "--rework",
      paramLabel = "PART",
      description = "Part of its work that a task then does again (default: 0.3, assumed).")
  double rework = Overheads.ASSUMED.rework();

  @Option(names = "--seed", paramLabel = "N", description = "What chance starts from (default: 1).")
  long seed = Search.DEFAULT.seed();

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Override
  public Integer call() throws Failure {
    Overheads overheads = overheads();
    if (most < 1 || most > AgentCurve.MAX_AGENTS) {
      throw Failure.badInput(
          "--max: expected 1 to %d, was %d".formatted(AgentCurve.MAX_AGENTS, most));
    }
    Plan plan = AnalyzeCommand.accepted(PlanFile.read(file));
    Map<Role, Integer> pools = agents.over(plan);
    List<Role> varied = varied(plan);
    AgentCurve curve =
        AgentCurve.of(
            plan,
            varied,
            pools,
            most,
            new Search(seed, Search.DEFAULT.schedules()),
            overheads,
            CurveWatch.NONE);
    PrintWriter out = command.commandLine().getOut();
    out.print(
        output.isJson()
            ? Json.text(AgentsCurveView.json(plan, varied, curve)) + "\n"
            : AgentsCurveView.text(plan, varied, curve));
    out.flush();
    return ExitCodes.DONE;
  }

  private List<Role> varied(Plan plan) throws Failure {
    if (role.isEmpty()) {
      return AgentCurve.rolesOf(plan);
    }
    return List.of(PoolsOption.known(plan, "--role", role));
  }

  private Overheads overheads() throws Failure {
    try {
      return new Overheads(merge, conflicts, rework);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          ExitCodes.BAD_INPUT, "--merge, --conflicts, --rework: " + e.getMessage(), e);
    }
  }
}
