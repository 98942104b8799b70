package dev.makespan.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The one place of the command that knows gRPC's codes. */
final class Statuses {

  private Statuses() {}

  static int exitCode(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          PERMISSION_DENIED,
          UNAUTHENTICATED,
          RESOURCE_EXHAUSTED ->
          ExitCodes.BAD_INPUT;
      case UNAVAILABLE, DEADLINE_EXCEEDED, UNIMPLEMENTED, ABORTED -> ExitCodes.UNREACHABLE;
      case CANCELLED -> ExitCodes.CANCELLED;
      case OK, UNKNOWN, INTERNAL, DATA_LOSS -> ExitCodes.INTERNAL;
    };
  }

  /** One line: what the server said, or why none did. */
  static String message(StatusRuntimeException failure) {
    Status status = failure.getStatus();
    String said = status.getDescription() == null ? "" : firstLine(status.getDescription());
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          "no planner answers; start the suite with ./makespan up, or say where it is with --planner host:port"
              + (said.isEmpty() || said.equals("io exception") ? "" : " (" + said + ")");
      case DEADLINE_EXCEEDED -> "the planner did not answer in time; try again";
      case UNIMPLEMENTED -> "the planner is of another version and does not know this call";
      case UNKNOWN, INTERNAL, DATA_LOSS -> "the server failed: " + said;
      default -> said.isEmpty() ? status.getCode().name() : said;
    };
  }

  /** Whether the same call may succeed a little later: the server is restarting or busy. */
  static boolean mayPass(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED, CANCELLED -> true;
      // What a connection that is torn down in mid-call may yield.
      case INTERNAL, UNKNOWN, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }

  /** Whether nobody answered at all. */
  static boolean serverIsAway(Status status) {
    return status.getCode() == Status.Code.UNAVAILABLE;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
