package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Run;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Resumes a paused run. */
@Command(
    name = "resume",
    header = "Resume a paused run: tasks may start again.",
    description = {
      "A run whose budget is used up goes on when the limit is raised above that, or lifted with 0.",
      "Limits may also be set before they are reached, and for a plan that has none."
    },
    footer = {
      "",
      "Examples:",
      "  makespan resume 12",
      "  makespan resume 12 --budget tokens=5000000,cost=40",
      "  makespan resume 12 --budget agent-hours=0",
      "",
      "Exit codes: 0 done, 2 no such run, already finished or out of budget, 3 the planner can't be reached."
    })
final class ResumeCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Option(
      names = "--budget",
      paramLabel = "LIMIT=N",
      split = ",",
      description = "Other limits: tokens, cost (in the plan's currency), agent-hours; 0 for none.")
  Map<String, String> budget = new LinkedHashMap<>();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who sets them (default: the user of this machine).")
  String by = System.getProperty("user.name", "");

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.resume(client.runId(run), BudgetText.read(budget), by);
      Lines.say(command.commandLine().getOut(), RunChangeOutput.of(changed, output));
      return ExitCodes.DONE;
    }
  }
}
