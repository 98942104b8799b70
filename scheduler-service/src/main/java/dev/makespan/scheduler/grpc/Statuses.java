package dev.makespan.scheduler.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.NotHere;
import dev.makespan.scheduler.RunAnswer;
import dev.makespan.scheduler.Watching;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one place that knows gRPC's codes. */
final class Statuses {

  private static final int MAX_MESSAGE = 1_000;
  private static final int MAX_DETAILS = 4_000;

  private Statuses() {}

  static StatusRuntimeException of(RunAnswer.Refused refused) {
    return switch (refused.why()) {
      case Outcome.UnknownRun why -> status(Code.NOT_FOUND, why.message());
      case Outcome.AlreadyFinished why -> status(Code.FAILED_PRECONDITION, why.message());
      case Outcome.UnknownTask why -> status(Code.NOT_FOUND, why.message());
      case Outcome.NotPossible why -> notPossible(why);
      case Outcome.IntakeFull why ->
          status(Code.RESOURCE_EXHAUSTED, why.message(), retryIn(why.retryAfter()));
    };
  }

  private static StatusRuntimeException notPossible(Outcome.NotPossible why) {
    if (why.problems().isEmpty()) {
      return status(Code.FAILED_PRECONDITION, why.message());
    }
    BadRequest.Builder details = BadRequest.newBuilder();
    int bytes = 0;
    for (String problem : why.problems()) {
      bytes += problem.length();
      if (bytes < MAX_DETAILS) {
        details.addFieldViolationsBuilder().setField("plan").setDescription(problem);
      }
    }
    return status(Code.FAILED_PRECONDITION, shortened(why.message()), Any.pack(details.build()));
  }

  /** Statuses travel in headers, of which clients take 8 KiB. */
  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }

  static StatusRuntimeException of(RunAnswer.NoSuchRun no) {
    return noSuchRun(no.run());
  }

  static StatusRuntimeException of(RunAnswer.UsedBefore used) {
    return status(
        Code.ALREADY_EXISTS,
        "request_id '%s' was used for another request, which started run %s"
            .formatted(used.requestId(), used.run()));
  }

  static StatusRuntimeException of(RunAnswer.Busy busy) {
    return busy(busy.message(), busy.retryAfter());
  }

  static StatusRuntimeException busy(String message, java.time.Duration retryAfter) {
    return status(Code.RESOURCE_EXHAUSTED, message, retryIn(retryAfter));
  }

  static StatusRuntimeException late(java.time.Duration limit) {
    return status(Code.DEADLINE_EXCEEDED, "expected to end within " + limit);
  }

  static StatusRuntimeException of(Watching.End.TooSlow slow) {
    return status(
        Code.RESOURCE_EXHAUSTED,
        "the watcher reads too slowly; the last position sent is " + slow.position());
  }

  static StatusRuntimeException noSuchRun(RunId run) {
    return status(Code.NOT_FOUND, "there is no run " + run);
  }

  static StatusRuntimeException notFound(String message) {
    return status(Code.NOT_FOUND, message);
  }

  static StatusRuntimeException unavailable(String message) {
    return status(Code.UNAVAILABLE, message);
  }

  static StatusRuntimeException of(NotHere refusal) {
    return unavailable(refusal.message(), refusal.owner());
  }

  /**
   * Not from here.
   *
   * @param owner who can be asked instead; null: nobody is known
   */
  static StatusRuntimeException unavailable(String message, @Nullable String owner) {
    if (owner == null) {
      return unavailable(message);
    }
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain("makespan.dev")
            .setReason("NOT_OWNER")
            .putMetadata("owner", owner)
            .build();
    return status(Code.UNAVAILABLE, message, Any.pack(info));
  }

  static StatusRuntimeException exhausted(String message) {
    return status(Code.RESOURCE_EXHAUSTED, message);
  }

  static StatusRuntimeException failedPrecondition(String message) {
    return status(Code.FAILED_PRECONDITION, message);
  }

  /** Something is broken here; the log says what. */
  static StatusRuntimeException internal() {
    return status(Code.INTERNAL, "the scheduler failed; its log says more");
  }

  static StatusRuntimeException invalid(List<FieldProblem> problems) {
    BadRequest.Builder details = BadRequest.newBuilder();
    for (FieldProblem problem : problems) {
      details.addFieldViolationsBuilder().setField(problem.field()).setDescription(problem.text());
    }
    FieldProblem first = problems.getFirst();
    return status(
        Code.INVALID_ARGUMENT, first.field() + ": " + first.text(), Any.pack(details.build()));
  }

  static StatusRuntimeException invalid(String field, String text) {
    return invalid(List.of(new FieldProblem(field, text)));
  }

  private static Any retryIn(java.time.Duration pause) {
    Duration delay =
        Duration.newBuilder().setSeconds(pause.getSeconds()).setNanos(pause.getNano()).build();
    return Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build());
  }

  private static StatusRuntimeException status(Code code, String message, Any... details) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addAllDetails(List.of(details))
            .build());
  }
}
