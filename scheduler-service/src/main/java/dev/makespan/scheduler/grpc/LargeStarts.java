package dev.makespan.scheduler.grpc;

import dev.makespan.proto.scheduler.v1.StartLargeRunRequest;
import dev.makespan.proto.scheduler.v1.StartLargeRunResponse;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.scheduler.CallThreads;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;

/** Starts of large plans: few at once, each for a bounded time. */
@Singleton
public class LargeStarts {

  /** At once; each may be as large as {@link PlanArrival} allows. */
  static final int MAX_AT_ONCE = 4;

  /** From the call to its answer. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

  private final CallThreads threads;
  private final Vertx vertx;
  private final Semaphore permits = new Semaphore(MAX_AT_ONCE);

  LargeStarts(CallThreads threads, Vertx vertx) {
    this.threads = threads;
    this.vertx = vertx;
  }

  /** To be called where the call has arrived. */
  StreamObserver<StartLargeRunRequest> open(
      StreamObserver<StartLargeRunResponse> answers,
      BiFunction<StartRunRequest, PlanArrival, StartLargeRunResponse> start) {
    CallerContext caller = CallerContext.current(vertx);
    boolean permitted = permits.tryAcquire();
    LargeStart call =
        new LargeStart(
            (ServerCallStreamObserver<StartLargeRunResponse>) answers,
            caller,
            threads,
            start,
            () -> permits.release(permitted ? 1 : 0));
    call.begin();
    if (permitted) {
      vertx.setTimer(
          PATIENCE.toMillis(), _ -> caller.execute(() -> call.fail(Statuses.late(PATIENCE))));
    } else {
      String message = "expected at most %d starts of large plans at once".formatted(MAX_AT_ONCE);
      call.fail(Statuses.busy(message, BUSY_PAUSE));
    }
    return call;
  }
}
