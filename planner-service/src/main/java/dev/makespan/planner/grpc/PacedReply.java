package dev.makespan.planner.grpc;

import dev.makespan.planner.wire.Statuses;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Says to one client, from a thread that may wait, no more than its transport takes. To be made in
 * the call itself.
 */
final class PacedReply<M> {

  /** A client that takes nothing for so long has gone. */
  private static final long PATIENCE_SECONDS = 60;

  private final ServerCallStreamObserver<M> client;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean gone;

  PacedReply(ServerCallStreamObserver<M> client) {
    this.client = client;
    client.setOnReadyHandler(this::wake);
    client.setOnCancelHandler(this::left);
  }

  /** The client has gone; called again it changes nothing. */
  void left() {
    lock.lock();
    try {
      gone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
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
    client.onNext(message);
    return true;
  }

  private boolean awaitReady() throws InterruptedException {
    long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (!client.isReady() && !gone && left > 0) {
        left = changed.awaitNanos(left);
      }
      return client.isReady() && !gone;
    } finally {
      lock.unlock();
    }
  }

  /** Whether anybody still listens. */
  boolean isWanted() {
    lock.lock();
    try {
      return !gone;
    } finally {
      lock.unlock();
    }
  }

  void complete() {
    if (isWanted()) {
      client.onCompleted();
    }
  }

  void fail(Throwable failure) {
    if (isWanted()) {
      client.onError(Statuses.of(failure));
    }
  }
}
