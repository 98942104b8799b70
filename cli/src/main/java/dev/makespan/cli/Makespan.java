package dev.makespan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command and its subcommands. */
@Command(
    name = "makespan",
    versionProvider = Makespan.Version.class,
    header = "Plans, schedules and runs parallel agent work.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CheckCommand.class,
      AnalyzeCommand.class,
      ApplyCommand.class,
      ScheduleCommand.class,
      AgentsCurveCommand.class,
      SimulateCommand.class,
      RunCommand.class,
      StatusCommand.class,
      ReportCommand.class,
      LearnCommand.class,
      ExplainCommand.class,
      LogsCommand.class,
      ArtifactsCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      RetryCommand.class,
      SkipCommand.class,
      ApproveCommand.class,
      AnswerCommand.class,
      AmendCommand.class,
      MergesCommand.class,
      UpCommand.class,
      DownCommand.class,
      AgentCommand.class,
      AgentsCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  makespan run examples/content-publishing.yaml --simulate --speed 3600",
      "  makespan analyze examples/content-publishing.yaml",
      "",
      "In a checkout ./makespan also knows build, test, bench and example (./makespan bench --help).",
      "",
      "Exit codes: 0 done, 1 a run failed, 2 bad input or usage, 3 a service can't be reached or started,",
      "            4 cancelled, 70 internal error."
    })
public final class Makespan implements Runnable {

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, args);
    out.flush();
    System.exit(code);
  }

  /** Runs one command, and answers its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    String debug = System.getenv("MAKESPAN_DEBUG");
    return new CommandLine(new Makespan())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(new Failures(debug != null && !debug.isEmpty()))
        .setParameterExceptionHandler(Makespan::sayMisuse)
        .execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command");
  }

  private static int sayMisuse(ParameterException misuse, String[] args) {
    CommandLine command = misuse.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        "makespan: " + String.valueOf(misuse.getMessage()).lines().findFirst().orElse("bad usage"));
    CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return ExitCodes.BAD_INPUT;
  }

  /** From the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Makespan.class.getPackage().getImplementationVersion();
      return new String[] {"makespan " + (version == null ? "(not packaged)" : version)};
    }
  }
}
