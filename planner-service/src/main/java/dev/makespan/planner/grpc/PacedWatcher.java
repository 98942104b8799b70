package dev.makespan.planner.grpc;

import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.SchedulerClient.WatchRefused;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.planner.wire.WireEvent;
import dev.makespan.proto.run.v1.WatchRunResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to one client at the client's pace: while its transport is full, nothing more is
 * asked for. A client that never reads holds {@value #WINDOW} events here and no more.
 */
final class PacedWatcher implements Flow.Subscriber<ObservedEvent> {

  /** Events on their way between the scheduler and the client's transport. */
  static final int WINDOW = 64;

  private final ServerCallStreamObserver<WatchRunResponse> client;

  /** Guarded by this, like {@link #owed}. */
  private Flow.@Nullable Subscription events;

  /** Events that were sent and not yet asked for again. */
  private int owed = WINDOW;

  PacedWatcher(ServerCallStreamObserver<WatchRunResponse> client) {
    this.client = client;
    client.setOnReadyHandler(this::askIfReady);
    client.setOnCancelHandler(this::leave);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    synchronized (this) {
      events = subscription;
    }
    askIfReady();
  }

  @Override
  public void onNext(ObservedEvent event) {
    client.onNext(WatchRunResponse.newBuilder().setEvent(WireEvent.toProto(event)).build());
    synchronized (this) {
      owed++;
    }
    askIfReady();
  }

  @Override
  public void onError(Throwable failure) {
    client.onError(
        failure instanceof WatchRefused refused
            ? Statuses.of(refused.refusal())
            : Statuses.of(failure));
  }

  @Override
  public void onComplete() {
    client.onCompleted();
  }

  private void askIfReady() {
    Flow.Subscription subscription;
    int credit;
    synchronized (this) {
      subscription = events;
      if (subscription == null || owed == 0 || !client.isReady()) {
        return;
      }
      credit = owed;
      owed = 0;
    }
    subscription.request(credit);
  }

  /** The client has gone; called again, or after the end, it changes nothing. */
  void leave() {
    Flow.Subscription subscription;
    synchronized (this) {
      subscription = events;
    }
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
