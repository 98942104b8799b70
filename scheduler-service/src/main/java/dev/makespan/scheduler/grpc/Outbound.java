package dev.makespan.scheduler.grpc;

import dev.makespan.proto.scheduler.v1.LinkResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway is to be told and is not ready for. Filled by the shard's thread, emptied on the
 * stream's context; past {@link #MAX_WAITING} the gateway is given up, since whatever it missed is
 * said again when it links again.
 */
final class Outbound {

  static final int MAX_WAITING = 50_000;

  private final CallerContext caller;
  private final ServerCallStreamObserver<LinkResponse> answers;
  private final Runnable onOverflow;
  private final ArrayDeque<LinkResponse> waiting = new ArrayDeque<>();
  private boolean draining;
  private boolean closed;

  Outbound(
      CallerContext caller, ServerCallStreamObserver<LinkResponse> answers, Runnable onOverflow) {
    this.caller = caller;
    this.answers = answers;
    this.onOverflow = onOverflow;
  }

  synchronized void add(LinkResponse response) {
    if (closed) {
      return;
    }
    if (waiting.size() >= MAX_WAITING) {
      close();
      caller.execute(onOverflow);
      return;
    }
    waiting.add(response);
    if (!draining) {
      draining = true;
      caller.execute(this::drain);
    }
  }

  /** Says what can be said; on the stream's context. */
  void drain() {
    LinkResponse next = next();
    while (next != null) {
      answers.onNext(next);
      next = next();
    }
  }

  private synchronized @Nullable LinkResponse next() {
    draining = !closed && answers.isReady() && !waiting.isEmpty();
    return draining ? waiting.poll() : null;
  }

  synchronized void close() {
    closed = true;
    waiting.clear();
  }
}
