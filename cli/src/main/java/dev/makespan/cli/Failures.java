package dev.makespan.cli;

import dev.makespan.cli.suite.SuiteProblem;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Says an exception in one line and turns it into an exit code. */
final class Failures implements CommandLine.IExecutionExceptionHandler {

  private final boolean debug;

  Failures(boolean debug) {
    this.debug = debug;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    boolean full = debug || parsed.expandedArgs().contains("--debug");
    if (full) {
      failure.printStackTrace(err);
    }
    return switch (failure) {
      case Failure known -> say(err, known.getMessage(), known.exitCode());
      case SuiteProblem problem -> say(err, problem.getMessage(), ExitCodes.UNREACHABLE);
      case StatusRuntimeException status ->
          say(err, Statuses.message(status), Statuses.exitCode(status));
      case InterruptedException interrupted -> say(err, "interrupted", ExitCodes.CANCELLED);
      default ->
          say(
              err,
              "internal error: %s%s"
                  .formatted(failure, full ? "" : "; --debug shows where, please report it"),
              ExitCodes.INTERNAL);
    };
  }

  private static int say(PrintWriter err, String message, int exitCode) {
    err.println("makespan: " + message);
    err.flush();
    return exitCode;
  }
}
