package dev.makespan.planner.scheduler;

import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.wire.WireEvent;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One watch of a run. What the subscriber asks for is asked of the scheduler, no more, so a slow
 * subscriber fills no memory here. A stream that breaks is opened again after the last position.
 */
final class EventWatch implements Flow.Subscription {

  private final long runId;
  private final Flow.Subscriber<? super ObservedEvent> subscriber;
  private final Reconnection reconnection;

  /** Guarded by this, like all that follow. */
  private long position;

  private long wanted;
  private boolean over;
  private @Nullable Stream stream;

  EventWatch(
      long runId,
      long afterPosition,
      Flow.Subscriber<? super ObservedEvent> subscriber,
      Reconnection reconnection) {
    this.runId = runId;
    this.position = afterPosition;
    this.subscriber = subscriber;
    this.reconnection = reconnection;
  }

  synchronized void open() {
    if (over) {
      return;
    }
    WatchRunRequest request =
        WatchRunRequest.newBuilder().setRunId(runId).setAfterPosition(position).build();
    stream = new Stream();
    SchedulerServiceGrpc.newStub(reconnection.channel()).watchRun(request, stream);
  }

  @Override
  public synchronized void request(long n) {
    if (over || n <= 0) {
      return;
    }
    wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
    if (stream != null) {
      stream.ask(n);
    }
  }

  @Override
  public synchronized void cancel() {
    over = true;
    if (stream != null) {
      stream.leave();
    }
  }

  /** Whether the event is news; a repeated one is not, and another is asked for instead. */
  private synchronized boolean take(Stream from, WatchRunResponse response) {
    reconnection.succeeded();
    if (over || from != stream) {
      return false;
    }
    if (response.getEvent().getPosition() <= position) {
      from.ask(1);
      return false;
    }
    position = response.getEvent().getPosition();
    wanted--;
    return true;
  }

  private void failed(Stream from, Throwable failure) {
    synchronized (this) {
      if (over || from != stream) {
        return;
      }
      stream = null;
      if (reconnection.later(failure, this::open)) {
        return;
      }
      over = true;
    }
    subscriber.onError(reconnection.refused(failure, position));
  }

  private void completed(Stream from) {
    synchronized (this) {
      if (over || from != stream) {
        return;
      }
      over = true;
    }
    subscriber.onComplete();
  }

  /** One stream to the scheduler. Its callbacks come one after another. */
  private final class Stream implements ClientResponseObserver<WatchRunRequest, WatchRunResponse> {

    private @Nullable ClientCallStreamObserver<WatchRunRequest> call;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRunRequest> call) {
      this.call = call;
      call.disableAutoRequestWithInitial(clamped(wanted));
    }

    void ask(long n) {
      if (call != null) {
        call.request(clamped(n));
      }
    }

    void leave() {
      if (call != null) {
        call.cancel("the watcher has gone", null);
      }
    }

    @Override
    public void onNext(WatchRunResponse response) {
      if (take(this, response)) {
        subscriber.onNext(new WireEvent(response.getEvent()));
      }
    }

    @Override
    public void onError(Throwable failure) {
      failed(this, failure);
    }

    @Override
    public void onCompleted() {
      completed(this);
    }

    private static int clamped(long n) {
      return (int) Math.min(n, Integer.MAX_VALUE);
    }
  }
}
