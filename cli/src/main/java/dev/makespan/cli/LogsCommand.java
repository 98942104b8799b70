package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what attempts have said. */
@Command(
    name = "logs",
    header = "Show the output of a task's commands, or of all tasks of a run.",
    description = {
      "Of a task the newest attempt, or the one that is asked for; with --follow it goes on with what is said,"
          + " and with the next attempt, until the run or the asked attempt has ended."
    },
    footer = {
      "",
      "Examples:",
      "  makespan logs 12 compile",
      "  makespan logs -f 12",
      "  makespan logs 12 compile --attempt 1",
      "",
      "Exit codes: 0 done, 2 no such run, task or attempt, 3 the planner or the gateway can't be reached."
    })
final class LogsCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin PlannerOption planner = new PlannerOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "The run's number.")
  String run = "";

  @Parameters(
      index = "1",
      paramLabel = "TASK",
      arity = "0..1",
      description = "The task's id (default: all, with the task before each line).")
  String task = "";

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is said, until it has ended.")
  boolean follow;

  @Option(
      names = "--attempt",
      paramLabel = "N",
      defaultValue = "0",
      description = "The attempt's number, from 1 (default: the newest).")
  int attempt;

  @Override
  public Integer call() throws Failure, SuiteProblem {
    if (attempt != 0 && task.isEmpty()) {
      throw Failure.badInput("--attempt: expected a TASK with it, was none");
    }
    Signals.interruptThisThread();
    try (PlannerClient client = PlannerClient.at(planner.address())) {
      LogPrinter printer = new LogPrinter(command.commandLine().getOut(), task.isEmpty());
      new LogTail(client, client.runId(run), task, attempt, printer).show(follow);
      return ExitCodes.DONE;
    } catch (InterruptedException e) {
      return ExitCodes.CANCELLED;
    }
  }
}
