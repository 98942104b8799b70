package dev.makespan.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script. */
@Command(
    name = "completion",
    header = "Print a completion script for a shell.",
    footer = {
      "",
      "Examples:",
      "  source <(makespan completion bash)",
      "  makespan completion zsh > ~/.zfunc/_makespan",
      "",
      "Exit codes: 0 done, 2 bad usage."
    })
final class CompletionCommand implements Callable<Integer> {

  /** The shells that are known. */
  enum Shell {
    BASH,
    ZSH
  }

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    String script = AutoComplete.bash("makespan", command.root().commandLine());
    command
        .commandLine()
        .getOut()
        .print(shell == Shell.ZSH ? "#compdef makespan\n" + script : script);
    command.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }
}
