package dev.makespan.cli;

import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Scope;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Search;
import dev.makespan.formats.analysis.AnalyzedPlan;
import dev.makespan.formats.edit.PlanPlaces;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a plan; needs no server. */
@Command(
    name = "analyze",
    aliases = "analyse",
    header = "Explain a plan: how fast it can go, and why not faster; needs no server.",
    footer = {
      "",
      "Examples:",
      "  makespan analyze plan.yaml",
      "  makespan analyze plan.yaml --agents backend=2,frontend=1",
      "  makespan analyze plan.yaml --output json | jq .scheduleSeconds",
      "  makespan analyze plan.yaml --output svg --view graph --output-file graph.svg",
      "",
      "Exit codes: 0 done, 2 the plan has errors or can't be read."
    })
final class AnalyzeCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin AnalysisOutput output = new AnalysisOutput();
  @Mixin PoolsOption agents = new PoolsOption();

  @Parameters(paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Override
  public Integer call() throws Failure {
    output.check();
    PlanFile source = PlanFile.read(file);
    Plan plan = accepted(source);
    Map<Role, Integer> pools = agents.over(plan);
    Scope scope = Scope.of(plan, pools, Search.DEFAULT);
    PlanPlaces places = PlanPlaces.of(source.content().toByteArray());
    PlanReview review = PlanReview.of(scope);
    output.tell(
        new AnalyzedPlan(
            plan,
            pools,
            scope.analysis(),
            review,
            source.name(),
            part -> Optional.of(places.of(part))),
        command.commandLine().getOut());
    return ExitCodes.DONE;
  }

  /** The plan, or a failure with every problem of it. */
  static Plan accepted(PlanFile source) throws Failure {
    return switch (source.checked()) {
      case CheckedPlan.Accepted accepted -> accepted.plan();
      case CheckedPlan.Refused refused ->
          throw Failure.badInput(
              source.name()
                  + ": "
                  + source.verdict()
                  + "\n"
                  + source.problemLines().stripTrailing());
    };
  }
}
