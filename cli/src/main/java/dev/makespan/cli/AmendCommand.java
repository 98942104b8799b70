package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.core.plan.Problem;
import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.Run;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with another version of a run's plan. */
@Command(
    name = "amend",
    header = "Let a live run go on with another version of its plan.",
    description = {
      "Checks and stores the plan as a new version, and amends the run: tasks may be added, changed and"
          + " removed as long as no agent has had them.",
      "Is refused, with everything that stands against it, when a started task would change; the run goes"
          + " on as it was then."
    },
    footer = {
      "",
      "Examples:",
      "  makespan amend 12 plan.yaml",
      "",
      "Exit codes: 0 done, 2 bad input, no such run or a started task would change,",
      "            3 the planner can't be reached."
    })
final class AmendCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The plan: YAML or JSON.")
  Path file = Path.of("plan.yaml");

  @Option(names = "--accept-warnings", description = "Amend although the check has warnings.")
  boolean acceptWarnings;

  @Override
  public Integer call() throws Failure, SuiteProblem {
    PlanFile source = PlanFile.read(file);
    AnalyzeCommand.accepted(source);
    if (source.count(Problem.Severity.WARNING) > 0 && !acceptWarnings) {
      throw Failure.badInput(
          "%s: %s; look at them, then add --accept-warnings%n%s"
              .formatted(source.name(), source.verdict(), source.problemLines().stripTrailing()));
    }
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      long id = client.runId(run);
      StoredPlan stored = client.createPlan(UUID.randomUUID().toString(), source, acceptWarnings);
      Run amended = client.amend(id, stored.getVersion());
      Lines.say(
          command.commandLine().getOut(),
          output.isJson()
              ? Json.text(ReportJson.of(amended))
              : "run %d goes on with version %d of %s, %s"
                  .formatted(
                      amended.getId(),
                      amended.getPlanVersion(),
                      amended.getPlanName(),
                      Texts.count(amended.getTasksCount(), "task")));
      return ExitCodes.DONE;
    }
  }
}
