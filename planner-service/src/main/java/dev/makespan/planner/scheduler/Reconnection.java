package dev.makespan.planner.scheduler;

import dev.makespan.planner.Refusal;
import dev.makespan.planner.SchedulerClient.WatchRefused;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Decides whether a broken watch is opened again, and when. One for each watch. */
final class Reconnection {

  private final Route route;
  private final Patience patience;
  private final ScheduledExecutorService timer;
  private final Function<StatusRuntimeException, Refusal> refusals;
  private int tries;
  private long awaySinceNanos;

  Reconnection(
      Route route,
      Patience patience,
      ScheduledExecutorService timer,
      Function<StatusRuntimeException, Refusal> refusals) {
    this.route = route;
    this.patience = patience;
    this.timer = timer;
    this.refusals = refusals;
  }

  /** To the replica that is to be asked. */
  ManagedChannel channel() {
    return route.channel();
  }

  /** The scheduler is there: the next loss is a new one. */
  void succeeded() {
    tries = 0;
    route.answered();
  }

  /** Whether {@code failure} may pass; then {@code open} is called after a pause. */
  boolean later(Throwable failure, Runnable open) {
    long now = System.nanoTime();
    awaySinceNanos = tries == 0 ? now : awaySinceNanos;
    boolean tooLong = now - awaySinceNanos > patience.total().toNanos();
    if (tooLong || !mayPass(Status.fromThrowable(failure).getCode())) {
      return false;
    }
    long pause = route.failed(failure) ? 0 : patience.pause(tries++).toMillis();
    ScheduledFuture<?> _ = timer.schedule(open, pause, TimeUnit.MILLISECONDS);
    return true;
  }

  WatchRefused refused(Throwable failure, long lastPosition) {
    StatusRuntimeException status = Status.fromThrowable(failure).asRuntimeException();
    Refusal refusal = refusals.apply(status);
    return new WatchRefused(
        new Refusal(
            refusal.kind(),
            refusal.reason(),
            refusal.message(),
            refusal.violations(),
            Map.of("lastPosition", Long.toString(lastPosition))));
  }

  /** A scheduler that dies in mid-stream shows itself as any of these. */
  private static boolean mayPass(Status.Code code) {
    return switch (code) {
      case UNAVAILABLE, CANCELLED, INTERNAL, UNKNOWN -> true;
      case OK,
          INVALID_ARGUMENT,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          DATA_LOSS,
          UNAUTHENTICATED ->
          false;
    };
  }
}
