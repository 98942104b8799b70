package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Run;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Resumes a paused run. */
@Command(
    name = "resume",
    header = "Resume a paused run: tasks may start again.",
    footer = {
      "",
      "Examples:",
      "  makespan resume 12",
      "",
      "Exit codes: 0 done, 2 no such run or already finished, 3 the planner can't be reached."
    })
final class ResumeCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.resume(client.runId(run));
      Lines.say(command.commandLine().getOut(), RunChangeOutput.of(changed, output));
      return ExitCodes.DONE;
    }
  }
}
