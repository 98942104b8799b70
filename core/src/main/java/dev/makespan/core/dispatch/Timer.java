package dev.makespan.core.dispatch;

import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.Comparator;

/**
 * Something that is due. Never withdrawn: whoever handles it looks whether it still applies.
 *
 * @param fence of the attempt that it is about; 0: none
 */
record Timer(Instant at, Kind kind, RunId run, int task, long fence) implements Comparable<Timer> {

  /** What is due. */
  enum Kind {
    /** The assignment is not answered. */
    DELIVERY,
    /** The lease may have run out. */
    LEASE,
    /** The task has run longer than its timeout. */
    DEADLINE,
    /** A pause between attempts is over. */
    BACKOFF,
    /** An agent may be asked again. */
    REST
  }

  private static final Comparator<Timer> ORDER =
      Comparator.comparing(Timer::at)
          .thenComparing(Timer::run)
          .thenComparingInt(Timer::task)
          .thenComparing(Timer::kind)
          .thenComparingLong(Timer::fence);

  @Override
  public int compareTo(Timer other) {
    return ORDER.compare(this, other);
  }
}
