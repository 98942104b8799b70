package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import dev.makespan.proto.run.v1.Explanation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why tasks are not running. */
@Command(
    name = "explain",
    header = "Say why a task is not running, or all tasks that are not.",
    description = {
      "Names every reason: open needs, closed phases and checkpoints, locks and who holds them until when,"
          + " resources, agents, pauses, questions and approvals; and the earliest start."
    },
    footer = {
      "",
      "Examples:",
      "  makespan explain 12",
      "  makespan explain 12 upload",
      "",
      "Exit codes: 0 done, 2 no such live run or task, 3 the planner can't be reached."
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      arity = "0..1",
      description = "The task's id (default: all that are not running).")
  String task = "";

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Explanation explanation = client.explain(client.runId(run), task);
      Lines.say(
          command.commandLine().getOut(),
          output.isJson()
              ? Json.text(ExplanationView.json(explanation))
              : ExplanationView.text(explanation));
      return ExitCodes.DONE;
    }
  }
}
