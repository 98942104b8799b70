package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
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
    header = "Cancel a run, or one task of it: nothing new starts, and what runs is told to stop.",
    footer = {
      "",
      "Examples:",
      "  makespan cancel 12",
      "  makespan cancel 12 --reason 'wrong branch'",
      "  makespan cancel 12 --task upload",
      "",
      "Exit codes: 0 asked for, 2 no such run or task, or already finished, 3 the planner can't be reached."
    })
final class CancelCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Option(names = "--task", paramLabel = "TASK", description = "Only this task.")
  String task = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the report.")
  String reason = "cancelled with makespan cancel";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      long id = client.runId(run);
      Lines.say(
          command.commandLine().getOut(),
          task.isEmpty()
              ? RunChangeOutput.of(client.cancel(id, reason), output)
              : RunChangeOutput.ofTask(client.cancelTask(id, task, reason), task, output));
      return ExitCodes.DONE;
    }
  }
}
