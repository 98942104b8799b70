package dev.makespan.planner.grpc;

import dev.makespan.planner.Refusal;
import dev.makespan.planner.wire.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one client at the client's pace. News that the client was too slow for are replaced by
 * newer ones, so that a client that never reads holds one message here, and what ends the answer.
 * To be made in the call itself; told from any thread.
 */
final class PacedSender<M> {

  private final ServerCallStreamObserver<M> client;

  /** Guarded by this, like all that follow. */
  private @Nullable M news;

  private @Nullable Iterator<M> last;
  private boolean over;

  /**
   * @param onLeave called when the client has left
   */
  PacedSender(ServerCallStreamObserver<M> client, Runnable onLeave) {
    this.client = client;
    client.setOnReadyHandler(this::drain);
    client.setOnCancelHandler(() -> {
      stop();
      onLeave.run();
    });
  }

  /** Sends {@code message}, unless there is a newer one before the client is ready. */
  synchronized void show(M message) {
    news = message;
    drain();
  }

  /** Sends what is left, each message when the client is ready for it, and ends the answer. */
  synchronized void finish(Iterator<M> messages) {
    last = messages;
    drain();
  }

  synchronized void refuse(Refusal refusal) {
    fail(Statuses.of(refusal));
  }

  synchronized void fail(Throwable failure) {
    if (!over) {
      stop();
      client.onError(Statuses.of(failure));
    }
  }

  private synchronized void stop() {
    over = true;
    news = null;
    last = Collections.emptyIterator();
  }

  private synchronized void drain() {
    while (!over && client.isReady()) {
      if (news != null) {
        M message = news;
        news = null;
        client.onNext(message);
      } else if (last != null && last.hasNext()) {
        client.onNext(last.next());
      } else {
        break;
      }
    }
    if (!over && news == null && last != null && !last.hasNext()) {
      stop();
      client.onCompleted();
    }
  }
}
