package dev.makespan.planner.wire;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.StoreUnavailable;
import dev.makespan.planner.Violation;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one place that knows gRPC codes: refusals, from and to statuses with their details. */
public final class Statuses {

  /** The domain of all our {@code google.rpc.ErrorInfo}. */
  public static final String DOMAIN = "makespan.dev";

  /**
   * Violations beyond this are counted, not listed: statuses travel in headers, of which clients
   * take 8 KiB. CheckPlan lists all.
   */
  static final int MAX_DETAILS_BYTES = 4_096;

  /** Longest message of a status, for the same reason. */
  static final int MAX_MESSAGE = 1_000;

  private static final Logger LOG = Logger.getLogger(Statuses.class);

  private Statuses() {}

  public static StatusRuntimeException of(Refusal refusal) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(codeOf(refusal.kind()).value())
            .setMessage(shortened(refusal.message()))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setDomain(DOMAIN)
                        .setReason(refusal.reason())
                        .putAllMetadata(refusal.details())
                        .build()));
    if (!refusal.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(refusal.violations())));
    }
    if (refusal.retryAfter() != null) {
      status.addDetails(Any.pack(retryIn(refusal.retryAfter())));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static RetryInfo retryIn(Duration delay) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(delay.getSeconds())
                .setNanos(delay.getNano()))
        .build();
  }

  private static @Nullable Duration retryAfter(@Nullable Status status) {
    return details(status, RetryInfo.class).stream()
        .map(info ->
            Duration.ofSeconds(info.getRetryDelay().getSeconds(), info.getRetryDelay().getNanos()))
        .findFirst()
        .orElse(null);
  }

  /** A status that no refusal stands for: about the call itself. */
  public static StatusRuntimeException of(Code code, String reason, String message) {
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.value())
            .setMessage(message)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason).build()))
            .build());
  }

  /** The status of a broken use case: it says that it broke, and nothing of how. */
  public static StatusRuntimeException of(Throwable failure) {
    return switch (failure) {
      case StatusRuntimeException status -> status;
      case StoreUnavailable e ->
          of(Refusal.of(Refusal.Kind.UNAVAILABLE, "DATABASE_UNREACHABLE", message(e)));
      default -> {
        LOG.error("a call broke", failure);
        yield Code.INTERNAL
            .toStatus()
            .withDescription("the planner broke; its log says why")
            .asRuntimeException();
      }
    };
  }

  /** What a status of the scheduler says to the planner's clients. */
  public static Refusal refusalOf(StatusRuntimeException failure) {
    String said = failure.getStatus().getDescription();
    String message = said == null ? failure.getStatus().getCode().name() : said;
    Refusal.Kind kind = kindOf(failure.getStatus().getCode());
    Status status = StatusProto.fromThrowable(failure);
    ErrorInfo info = errorInfo(status);
    return new Refusal(
        kind,
        info.getReason().isEmpty() ? "SCHEDULER_REFUSED" : info.getReason(),
        message,
        violations(status),
        info.getMetadataMap(),
        retryAfter(status));
  }

  private static Code codeOf(Refusal.Kind kind) {
    return switch (kind) {
      case INVALID -> Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Code.NOT_FOUND;
      case CONFLICT -> Code.ALREADY_EXISTS;
      case PRECONDITION -> Code.FAILED_PRECONDITION;
      case STALE -> Code.ABORTED;
      case EXHAUSTED -> Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Code.UNAVAILABLE;
    };
  }

  private static Refusal.Kind kindOf(Code code) {
    return switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> Refusal.Kind.INVALID;
      case NOT_FOUND -> Refusal.Kind.NOT_FOUND;
      case ALREADY_EXISTS -> Refusal.Kind.CONFLICT;
      case FAILED_PRECONDITION -> Refusal.Kind.PRECONDITION;
      case ABORTED -> Refusal.Kind.STALE;
      case RESOURCE_EXHAUSTED -> Refusal.Kind.EXHAUSTED;
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          PERMISSION_DENIED,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          Refusal.Kind.UNAVAILABLE;
    };
  }

  private static BadRequest badRequest(List<Violation> violations) {
    BadRequest.Builder request = BadRequest.newBuilder();
    int bytes = 0;
    for (int i = 0; i < violations.size(); i++) {
      BadRequest.FieldViolation next = fieldViolation(violations.get(i));
      bytes += next.getSerializedSize();
      if (bytes > MAX_DETAILS_BYTES) {
        int left = violations.size() - i;
        return request.addFieldViolations(more(left)).build();
      }
      request.addFieldViolations(next);
    }
    return request.build();
  }

  private static BadRequest.FieldViolation fieldViolation(Violation violation) {
    return BadRequest.FieldViolation.newBuilder()
        .setField(place(violation))
        .setDescription(shortened(violation.message()))
        .setReason(reason(violation.kind()))
        .build();
  }

  private static BadRequest.FieldViolation more(int left) {
    return BadRequest.FieldViolation.newBuilder()
        .setField("…")
        .setDescription("and " + left + " more; CheckPlan lists all")
        .setReason("MORE")
        .build();
  }

  private static String place(Violation violation) {
    return violation.at() == null
        ? violation.field()
        : violation.field() + ":" + violation.at().line() + ":" + violation.at().column();
  }

  private static String reason(String kind) {
    return kind.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static ErrorInfo errorInfo(@Nullable Status status) {
    return details(status, ErrorInfo.class).stream()
        .findFirst()
        .orElse(ErrorInfo.getDefaultInstance());
  }

  private static List<Violation> violations(@Nullable Status status) {
    List<Violation> violations = new ArrayList<>();
    for (BadRequest request : details(status, BadRequest.class)) {
      for (BadRequest.FieldViolation violation : request.getFieldViolationsList()) {
        violations.add(Violation.of(violation.getField(), violation.getDescription()));
      }
    }
    return violations;
  }

  private static <M extends Message> List<M> details(@Nullable Status status, Class<M> type) {
    List<M> found = new ArrayList<>();
    for (Any detail : status == null ? List.<Any>of() : status.getDetailsList()) {
      if (detail.is(type)) {
        try {
          found.add(detail.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          LOG.warn("the scheduler sent a damaged detail of a status");
        }
      }
    }
    return found;
  }

  private static String shortened(String message) {
    return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
