package dev.makespan.bench;

import dev.makespan.bench.chaos.ChaosBench;
import dev.makespan.bench.dispatch.DispatchBench;
import dev.makespan.bench.dispatch.RecordsBench;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code makespan bench}. */
@Command(
    name = "makespan bench",
    description =
        "Measures the planner, and the suite under load, on this machine; each figure stands beside its goal.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ScheduleBench.class,
      BoundsBench.class,
      AnalysisBench.class,
      ForecastBench.class,
      GenerateBench.class,
      DispatchBench.class,
      RecordsBench.class,
      ChaosBench.class
    },
    footer = {
      "",
      "Examples:",
      "  makespan bench schedule --instances DIR --best FILE.csv --schedules 50000",
      "  makespan bench schedule --instances DIR --best FILE.csv --millis 2000 --yardstick cp-sat",
      "  makespan bench bounds --instances DIR --best FILE.csv",
      "  makespan bench analysis --tasks 100000 --needs 400000 --accesses 200000",
      "  makespan bench analysis --plans examples --warmups 20 --repeat 20",
      "  makespan bench forecast --tasks 1000 --samples 10000",
      "  makespan bench generate --tasks 120 --into DIR",
      "  makespan bench dispatch tasks layers --tasks 30000",
      "  makespan bench records --seconds 10",
      "  makespan bench chaos --seconds 300 --seed 7",
      "",
      "Exit codes: 0 measured, 1 a promise was broken (chaos), 2 bad input or usage, 70 internal error."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class BenchMain implements Runnable {

  private static final int BAD_INPUT = 2;
  private static final int INTERNAL = 70;

  @Spec CommandSpec command;

  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command, ready to be executed. */
  static CommandLine commandLine() {
    return new CommandLine(new BenchMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((misuse, arguments) -> refuse(misuse))
        .setExecutionExceptionHandler((problem, line, parsed) -> fail(problem, line.getErr()));
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command");
  }

  private static int refuse(ParameterException misuse) {
    CommandLine line = misuse.getCommandLine();
    line.getErr().println("makespan bench: " + misuse.getMessage());
    line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return BAD_INPUT;
  }

  private static int fail(Exception problem, PrintWriter err) {
    if (problem instanceof BenchProblem || problem instanceof IOException) {
      err.println("makespan bench: " + problem.getMessage());
      return BAD_INPUT;
    }
    problem.printStackTrace(err);
    return INTERNAL;
  }

  /** How results are printed. */
  public enum Output {
    TEXT,
    JSON
  }
}
