package dev.makespan.scheduler.grpc;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import dev.makespan.formats.run.RunEventProto;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import dev.makespan.scheduler.CallThreads;
import dev.makespan.scheduler.ShardConfig;
import dev.makespan.scheduler.Watch;
import dev.makespan.scheduler.Watching;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Watchers, each on a virtual thread that waits while its reader is not ready. */
@Singleton
public final class WatchCalls {

  static final int MAX_WATCHERS = 10_000;

  /** Messages handed to the event loop and not yet written. */
  private static final int MAX_UNWRITTEN = 32;

  private static final Logger LOG = Logger.getLogger(WatchCalls.class);

  private final Watching watching;
  private final CallThreads threads;
  private final Vertx vertx;
  private final int maxLag;
  private final Duration patience;
  private final Semaphore permits = new Semaphore(MAX_WATCHERS);

  WatchCalls(Watching watching, CallThreads threads, Vertx vertx, ShardConfig config) {
    this.watching = watching;
    this.threads = threads;
    this.vertx = vertx;
    this.maxLag = config.watchLag();
    this.patience = config.watchPatience();
  }

  void open(WatchRunRequest request, StreamObserver<WatchRunResponse> answers) {
    if (request.getRunId() <= 0) {
      answers.onError(
          Statuses.invalid("run_id", "expected a number above 0, was " + request.getRunId()));
    } else if (request.getAfterPosition() < 0) {
      answers.onError(
          Statuses.invalid(
              "after_position", "expected 0 or more, was " + request.getAfterPosition()));
    } else if (!permits.tryAcquire()) {
      answers.onError(Statuses.exhausted("more than " + MAX_WATCHERS + " watchers"));
    } else {
      begin(request, (ServerCallStreamObserver<WatchRunResponse>) answers);
    }
  }

  private void begin(WatchRunRequest request, ServerCallStreamObserver<WatchRunResponse> answers) {
    Watch watch = new Watch(new RunId(request.getRunId()), maxLag, patience);
    CallerContext caller = CallerContext.current(vertx);
    answers.setOnCancelHandler(watch::end);
    answers.setOnReadyHandler(watch::wake);
    Stream stream = new Stream(watch, caller, answers);
    threads.execute(() -> {
      try {
        end(stream, watching.tell(watch, request.getAfterPosition(), stream));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stream.fail(Statuses.unavailable("the scheduler is stopping"));
      } catch (RuntimeException e) {
        LOG.error("a watch failed", e);
        stream.fail(Statuses.internal());
      } finally {
        permits.release();
      }
    });
  }

  private static void end(Stream stream, Watching.End end) {
    switch (end) {
      case Watching.End.Finished _ -> stream.complete();
      case Watching.End.NoSuchRun no -> stream.fail(Statuses.noSuchRun(no.run()));
      case Watching.End.TooSlow slow -> stream.fail(Statuses.of(slow));
      case Watching.End.Unavailable un ->
          stream.fail(Statuses.unavailable(un.message(), un.owner()));
    }
  }

  /** One reader's stream, spoken to on its own event loop. */
  private record Stream(
      Watch watch,
      CallerContext caller,
      ServerCallStreamObserver<WatchRunResponse> answers,
      AtomicInteger unwritten)
      implements Watching.Sink {

    Stream(Watch watch, CallerContext caller, ServerCallStreamObserver<WatchRunResponse> answers) {
      this(watch, caller, answers, new AtomicInteger());
    }

    @Override
    public boolean isReady() {
      return unwritten.get() < MAX_UNWRITTEN && answers.isReady();
    }

    @Override
    public void send(RunEvent event) {
      WatchRunResponse response =
          WatchRunResponse.newBuilder().setEvent(RunEventProto.toProto(event)).build();
      unwritten.incrementAndGet();
      caller.execute(() -> {
        if (!answers.isCancelled()) {
          answers.onNext(response);
        }
        if (unwritten.decrementAndGet() == MAX_UNWRITTEN / 2) {
          watch.wake();
        }
      });
    }

    void complete() {
      caller.execute(answers::onCompleted);
    }

    void fail(Exception status) {
      caller.execute(() -> {
        if (!answers.isCancelled()) {
          answers.onError(status);
        }
      });
    }
  }
}
