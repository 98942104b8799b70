package dev.makespan.scheduler;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue before a shard's thread. It needs no bound of its own: a client's call holds one of a
 * limited number of permits while it waits, a link has a limited number of untaken messages, and
 * one group at a time is being written.
 */
final class Mailbox {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Signal> signals = new ArrayDeque<>();
  private final ArrayDeque<Mail> mails = new ArrayDeque<>();
  private boolean closed;

  /** What to do next. */
  sealed interface Next {
    record OfSignal(Signal signal) implements Next {}

    record OfMail(Mail mail) implements Next {}

    /** Time has passed. */
    record Nothing() implements Next {}
  }

  /** Whether it will be taken or abandoned by the owner of the box; false: it was not accepted. */
  boolean offer(Mail mail) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      mails.add(mail);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  void signal(Signal signal) {
    lock.lock();
    try {
      signals.add(signal);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next thing to do.
   *
   * @param mayTakeMail false: signals only
   * @param patience null: for ever
   */
  Next take(boolean mayTakeMail, @Nullable Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience == null ? Long.MAX_VALUE : patience.toNanos();
      while (signals.isEmpty() && (mails.isEmpty() || !mayTakeMail) && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return next(mayTakeMail);
    } finally {
      lock.unlock();
    }
  }

  private Next next(boolean mayTakeMail) {
    Signal signal = signals.poll();
    if (signal != null) {
      return new Next.OfSignal(signal);
    }
    Mail mail = mayTakeMail ? mails.poll() : null;
    return mail == null ? new Next.Nothing() : new Next.OfMail(mail);
  }

  /** Accepts nothing from now on; what was accepted and not taken. */
  List<Mail> close() {
    lock.lock();
    try {
      closed = true;
      List<Mail> left = List.copyOf(mails);
      mails.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
