package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cancels a run. */
@Command(
    name = "cancel",
    header = "Cancel a run: nothing new starts, and what runs is told to stop.",
    footer = {
      "",
      "Examples:",
      "  makespan cancel 12",
      "  makespan cancel 12 --reason 'wrong branch'",
      "",
      "Exit codes: 0 asked for, 2 no such run or already finished, 3 the planner can't be reached."
    })
final class CancelCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the report.")
  String reason = "cancelled with makespan cancel";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run cancelled = client.cancel(client.runId(run), reason);
      Lines.say(
          command.commandLine().getOut(),
          output.isJson()
              ? Json.text(ReportJson.of(cancelled))
              : "run %d is %s".formatted(cancelled.getId(), States.name(cancelled.getState())));
      return ExitCodes.DONE;
    }
  }
}
