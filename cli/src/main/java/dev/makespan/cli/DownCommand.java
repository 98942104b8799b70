package dev.makespan.cli;

import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Shutdown;
import dev.makespan.cli.suite.SuiteProblem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the suite. */
@Command(
    name = "down",
    header = "Stop the suite on this machine.",
    description =
        "Stops the suite that 'makespan up' or a run started, and what a killed one left behind. Plans and"
            + " runs stay in the database. Stopping twice is fine.",
    footer = {
      "",
      "Example:",
      "  makespan down",
      "",
      "Exit codes: 0 nothing is up any more, 2 bad usage, 3 it does not stop."
    })
final class DownCommand implements Callable<Integer> {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Override
  public Integer call() throws SuiteProblem, InterruptedException {
    String done = Shutdown.of(Home.ofLauncher());
    Lines.say(
        command.commandLine().getOut(),
        output.isJson() ? Json.text(Json.object().put("did", done)) : done);
    return ExitCodes.DONE;
  }
}
