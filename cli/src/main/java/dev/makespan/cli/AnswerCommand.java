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

/** Answers an agent's question. */
@Command(
    name = "answer",
    header = "Answer the question that an agent's task is held for.",
    description = {
      "makespan status RUN shows the questions. The attempt that waits, or the next one, is told."
    },
    footer = {
      "",
      "Examples:",
      "  makespan answer 12 upload 'use the second bucket'",
      "  makespan answer 12 upload --blocker bucket 'the second'",
      "",
      "Exit codes: 0 done, 2 no such run or task, or no such question is open, 3 the planner can't be reached."
    })
final class AnswerCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(index = "1", paramLabel = "TASK", description = "The task's id.")
  String task = "";

  @Parameters(index = "2", paramLabel = "TEXT", description = "The answer.")
  String text = "";

  @Option(
      names = "--blocker",
      paramLabel = "ID",
      description = "Which question (default: the only open one).")
  String blocker = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who says it (default: the user of this machine).")
  String by = System.getProperty("user.name", "");

  @Override
  public Integer call() throws Failure, SuiteProblem {
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      Run changed = client.answerBlocker(client.runId(run), task, blocker, text, by);
      Lines.say(command.commandLine().getOut(), RunChangeOutput.ofTask(changed, task, output));
      return ExitCodes.DONE;
    }
  }
}
