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

/** Pauses a run. */
@Command(
    name = "pause",
    header = "Pause a run: nothing new starts, what is live goes on.",
    footer = {
      "",
      "Examples:",
      "  makespan pause 12",
      "  makespan pause 12 --reason 'freeze until Monday'",
      "",
      "Exit codes: 0 done, 2 no such run or already finished, 3 the planner can't be reached."
    })
final class PauseCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  String reason = "paused with makespan pause";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.pause(client.runId(run), reason);
      Lines.say(command.commandLine().getOut(), RunChangeOutput.of(changed, output));
      return ExitCodes.DONE;
    }
  }
}
