package dev.makespan.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code makespan bench}. */
@Command(
    name = "bench",
    description = "Measures the planner.",
    mixinStandardHelpOptions = true,
    subcommands = {ScheduleBench.class, AnalysisBench.class})
public final class BenchMain {

  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((problem, command, parsed) -> {
          command.getErr().println("bench: " + problem.getMessage());
          return command.getCommandSpec().exitCodeOnExecutionException();
        });
  }

  /** How results are printed. */
  enum Output {
    TEXT,
    JSON
  }
}
