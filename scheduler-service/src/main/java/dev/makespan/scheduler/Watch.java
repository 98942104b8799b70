package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one watcher has yet to hear of a live run: filled by the shard's thread, emptied by the
 * watcher's. A watcher that lags too far is given up.
 */
public final class Watch {

  private final RunId run;
  private final int maxLag;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<RunEvent> waiting = new ArrayDeque<>();
  private State state = State.LIVE;

  /** Whether more can come. */
  public enum State {
    LIVE,
    /** It lagged too far, or took nothing for too long. */
    TOO_SLOW,
    /** The shard was lost, or the watcher has gone. */
    ENDED
  }

  /**
   * A watch that has heard nothing.
   *
   * @param maxLag events that may wait before the next ones are too many
   * @param patience how long a watcher for whom there is something may take nothing at all
   */
  public Watch(RunId run, int maxLag, Duration patience) {
    this.run = run;
    this.maxLag = maxLag;
    this.patience = patience;
  }

  public RunId run() {
    return run;
  }

  /** Adds what has become durable; whether the watch goes on. */
  boolean add(List<RunEvent> events) {
    lock.lock();
    try {
      if (state == State.LIVE && waiting.size() > maxLag) {
        finish(State.TOO_SLOW);
      }
      if (state != State.LIVE) {
        return false;
      }
      waiting.addAll(events);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will come. */
  public void end() {
    lock.lock();
    try {
      if (state == State.LIVE) {
        finish(State.ENDED);
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(State how) {
    state = how;
    waiting.clear();
    changed.signalAll();
  }

  /** Whether more can come. */
  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code ready} or the end of the watch, which it may be; whether it goes on. */
  public boolean awaitRoom(BooleanSupplier ready) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (state == State.LIVE && !ready.getAsBoolean()) {
        left = changed.awaitNanos(left);
        if (left <= 0 && !ready.getAsBoolean()) {
          finish(State.TOO_SLOW);
        }
      }
      return state == State.LIVE;
    } finally {
      lock.unlock();
    }
  }

  /** The watcher may have room again. */
  public void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for events; none: the watch is over. */
  List<RunEvent> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && state == State.LIVE) {
        changed.await();
      }
      List<RunEvent> taken = List.copyOf(waiting);
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
