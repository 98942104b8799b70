package dev.makespan.gateway.grpc;

import dev.makespan.gateway.records.RecordRefusal;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says to one client, from a thread that may wait, no more than its transport takes. To be made in
 * the call itself.
 */
final class PacedOut<M> {

  /** A client that takes nothing for so long has gone. */
  private static final long PATIENCE_SECONDS = 60;

  private final ServerCallStreamObserver<M> call;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  PacedOut(ServerCallStreamObserver<M> call) {
    this.call = call;
    call.setOnReadyHandler(this::wake);
    call.setOnCancelHandler(this::wake);
  }

  /** Says something that has to be read first; may wait. */
  interface Body {
    void say() throws IOException, InterruptedException;
  }

  /** Runs {@code body} on {@code threads}; a store that does not answer ends the call. */
  void serve(Executor threads, Body body) {
    threads.execute(() -> {
      try {
        body.say();
      } catch (IOException e) {
        fail(
            Statuses.of(
                new RecordRefusal(RecordRefusal.Kind.STORE_AWAY, "the store can't be read: " + e)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(Statuses.unavailable("this gateway stops; come back"));
      }
    });
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** False: the client has gone, or takes nothing. */
  boolean say(M message) throws InterruptedException {
    if (!awaitReady()) {
      return false;
    }
    call.onNext(message);
    return true;
  }

  private boolean awaitReady() throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (!call.isReady() && !call.isCancelled() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return call.isReady() && !call.isCancelled();
    } finally {
      lock.unlock();
    }
  }

  /** The one answer of a call. */
  void answer(M message) throws InterruptedException {
    say(message);
    complete();
  }

  void complete() {
    if (!call.isCancelled()) {
      call.onCompleted();
    }
  }

  void fail(Throwable why) {
    if (!call.isCancelled()) {
      call.onError(why);
    }
  }
}
