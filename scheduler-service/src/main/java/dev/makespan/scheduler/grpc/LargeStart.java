package dev.makespan.scheduler.grpc;

import dev.makespan.proto.scheduler.v1.StartLargeRunRequest;
import dev.makespan.proto.scheduler.v1.StartLargeRunResponse;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A start whose plan comes in parts: one is asked for when the one before has been read, on another
 * thread than the stream's.
 */
final class LargeStart implements StreamObserver<StartLargeRunRequest> {

  private static final Logger LOG = Logger.getLogger(LargeStart.class);

  private final ServerCallStreamObserver<StartLargeRunResponse> answers;
  private final Executor caller;
  private final Executor threads;
  private final BiFunction<StartRunRequest, PlanArrival, StartLargeRunResponse> start;
  private final Runnable onEnd;

  /** What has been taken so far; the parts follow each other. */
  private CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

  private boolean ended;

  /** Of the thread that takes. */
  private @Nullable StartRunRequest header;

  private final PlanArrival arrival = new PlanArrival();

  /**
   * A start of which nothing has come.
   *
   * @param caller where everything is said
   * @param start starts the run; its exceptions are answered
   * @param onEnd called once
   */
  LargeStart(
      ServerCallStreamObserver<StartLargeRunResponse> answers,
      Executor caller,
      Executor threads,
      BiFunction<StartRunRequest, PlanArrival, StartLargeRunResponse> start,
      Runnable onEnd) {
    this.answers = answers;
    this.caller = caller;
    this.threads = threads;
    this.start = start;
    this.onEnd = onEnd;
  }

  /** To be called where the call has arrived, before anything is read of it. */
  void begin() {
    answers.disableAutoRequest();
    answers.setOnCancelHandler(this::end);
    answers.request(1);
  }

  @Override
  public void onNext(StartLargeRunRequest request) {
    next(() -> {
      take(request);
      caller.execute(() -> {
        if (!ended) {
          answers.request(1);
        }
      });
    });
  }

  private void take(StartLargeRunRequest request) {
    switch (request.getPartCase()) {
      case HEADER -> {
        if (header != null) {
          throw Statuses.invalid("header", "expected first, and once");
        }
        header = request.getHeader();
      }
      case PLAN -> {
        if (header == null) {
          throw Statuses.invalid("header", "expected first, and once");
        }
        arrival.add(request.getPlan());
        if (arrival.isTooLarge()) {
          throw Statuses.exhausted(
              "plan: expected at most %d bytes, are more".formatted(PlanArrival.MAX_PLAN_BYTES));
        }
      }
      case PART_NOT_SET -> {}
    }
  }

  @Override
  public void onCompleted() {
    next(() -> {
      if (header == null) {
        throw Statuses.invalid("header", "expected first, and once");
      }
      StartLargeRunResponse response = start.apply(header, arrival);
      caller.execute(() -> {
        if (!ended) {
          end();
          answers.onNext(response);
          answers.onCompleted();
        }
      });
    });
  }

  private void next(Runnable work) {
    if (ended) {
      return;
    }
    taken = taken.thenRunAsync(() -> attempt(work), threads);
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (StatusRuntimeException e) {
      caller.execute(() -> fail(e));
    } catch (RuntimeException e) {
      LOG.error("a call failed", e);
      caller.execute(() -> fail(Statuses.internal()));
    }
  }

  @Override
  public void onError(Throwable failure) {
    end();
  }

  /** In the call's own context, like all that ends it. */
  void fail(StatusRuntimeException status) {
    if (!ended) {
      end();
      answers.onError(status);
    }
  }

  private void end() {
    if (!ended) {
      ended = true;
      onEnd.run();
    }
  }
}
