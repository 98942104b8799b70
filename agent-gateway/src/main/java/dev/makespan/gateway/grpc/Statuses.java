package dev.makespan.gateway.grpc;

import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.gateway.records.RecordRefusal;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The one place that knows gRPC codes. */
final class Statuses {

  private Statuses() {}

  static StatusRuntimeException of(Ending ending, String reason) {
    Status status =
        switch (ending) {
          case MALFORMED -> Status.INVALID_ARGUMENT;
          case OTHER_VERSION, OUT_OF_ORDER -> Status.FAILED_PRECONDITION;
          case REPLACED -> Status.ABORTED;
          case UNAVAILABLE, SILENT -> Status.UNAVAILABLE;
          case SLOW, FLOODING -> Status.RESOURCE_EXHAUSTED;
        };
    return status.withDescription(reason).asRuntimeException();
  }

  static StatusRuntimeException malformed(String problem) {
    return of(Ending.MALFORMED, problem);
  }

  static StatusRuntimeException unavailable(String reason) {
    return of(Ending.UNAVAILABLE, reason);
  }

  static StatusRuntimeException notFound(String reason) {
    return Status.NOT_FOUND.withDescription(reason).asRuntimeException();
  }

  static StatusRuntimeException of(RecordRefusal refusal) {
    Status status =
        switch (refusal.kind()) {
          case MALFORMED, NOT_AS_DECLARED -> Status.INVALID_ARGUMENT;
          case NOT_HELD, CLOSED, NO_LINKS -> Status.FAILED_PRECONDITION;
          case GAP -> Status.OUT_OF_RANGE;
          case REPLACED -> Status.ABORTED;
          case OTHER_CONTENT -> Status.ALREADY_EXISTS;
          case TOO_MUCH -> Status.RESOURCE_EXHAUSTED;
          case ABSENT -> Status.NOT_FOUND;
          case STORE_AWAY -> Status.UNAVAILABLE;
        };
    return status.withDescription(refusal.reason()).asRuntimeException();
  }

  /** Why a stream ended, for a log line. */
  static String reason(Throwable cause) {
    Status status = Status.fromThrowable(cause);
    String description = status.getDescription();
    return status.getCode() + (description == null ? "" : ": " + description);
  }
}
