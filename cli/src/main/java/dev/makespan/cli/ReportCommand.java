package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.RunReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a run saved and how it went. */
@Command(
    name = "report",
    header = "Say what a run saved and how it went, so far or in the end.",
    footer = {
      "",
      "Examples:",
      "  makespan report",
      "  makespan report 12 --output json | jq .makespanSeconds",
      "",
      "Exit codes: 0 done (whatever the run's end), 2 no such run, 3 the planner can't be reached."
    })
final class ReportCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(
      paramLabel = "RUN",
      arity = "0..1",
      description = "The run's number (default: the newest).")
  String run = "";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      RunReport report = client.report(client.runId(run));
      PrintWriter out = command.commandLine().getOut();
      out.print(
          output.isJson()
              ? Json.text(ReportJson.of(report)) + "\n"
              : ReportText.of(report, Terminal.ofProcess().columns()));
      out.flush();
      return ExitCodes.DONE;
    }
  }
}
