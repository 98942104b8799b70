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

/** Tries a task again. */
@Command(
    name = "retry",
    header = "Try a task again that failed, was cancelled or skipped, is held or backs off.",
    description = {
      "All its attempts are before it again, and what was skipped for it comes back. A run that had",
      "failed or was cancelled goes on with it."
    },
    footer = {
      "",
      "Examples:",
      "  makespan retry 12 upload",
      "",
      "Exit codes: 0 done, 2 no such run or task, or it can't be tried again, 3 the planner can't be reached."
    })
final class RetryCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's id.")
  String task = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  String reason = "tried again with makespan retry";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.retryTask(client.runId(run), task, reason);
      Lines.say(command.commandLine().getOut(), RunChangeOutput.ofTask(changed, task, output));
      return ExitCodes.DONE;
    }
  }
}
