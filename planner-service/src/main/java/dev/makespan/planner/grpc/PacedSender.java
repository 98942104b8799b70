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
  private final Runnable onLeave;

  /** Guarded by this, like all that follow. */
  private @Nullable M news;

  private @Nullable Iterator<M> last;
  private boolean over;
  private Runnable onOver = () -> {};

  /**
   * @param onLeave called when the client has left, maybe more than once, also after the end
   */
  PacedSender(ServerCallStreamObserver<M> client, Runnable onLeave) {
    this.client = client;
    client.setOnReadyHandler(this::drain);
    this.onLeave = onLeave;
    client.setOnCancelHandler(this::left);
  }

  /** The client has gone; called again it changes nothing. */
  void left() {
    stop();
    onLeave.run();
  }

  /** To be called before anything else: {@code call} is run once, when nothing is sent any more. */
  synchronized void whenOver(Runnable call) {
    onOver = call;
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
    if (!over) {
      over = true;
      onOver.run();
    }
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
