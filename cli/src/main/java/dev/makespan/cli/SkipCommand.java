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

/** Leaves a task out. */
@Command(
    name = "skip",
    header = "Go on without a task: what needs it may start.",
    description = {"A live task is cancelled first: makespan cancel RUN --task TASK."},
    footer = {
      "",
      "Examples:",
      "  makespan skip 12 upload",
      "  makespan skip 12 upload --reason 'done by hand'",
      "",
      "Exit codes: 0 done, 2 no such run or task, or it is live or done, 3 the planner can't be reached."
    })
final class SkipCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's id.")
  String task = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  String reason = "left out with makespan skip";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.skipTask(client.runId(run), task, reason);
      Lines.say(command.commandLine().getOut(), RunChangeOutput.ofTask(changed, task, output));
      return ExitCodes.DONE;
    }
  }
}
