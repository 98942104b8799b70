package dev.makespan.scheduler;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Waits between tries, with full jitter; all end at once when what they are for has ended. */
final class Pauses {

  static final Duration FIRST = Duration.ofMillis(50);

  /** So much later than the database somebody is back at most; one process asks no more often. */
  static final Duration LONGEST = Duration.ofMillis(500);

  private static final int DOUBLINGS = 6;

  private final RandomGenerator chance;
  private final CountDownLatch ended = new CountDownLatch(1);

  Pauses(RandomGenerator chance) {
    this.chance = chance;
  }

  void end() {
    ended.countDown();
  }

  boolean isEnded() {
    return ended.getCount() == 0;
  }

  /** Waits; whether to go on. */
  boolean pause(Duration duration) throws InterruptedException {
    return !ended.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  /**
   * Waits before try number {@code tries} + 1; whether to go on.
   *
   * @param tries that have failed, 1 or more
   */
  boolean backOff(int tries) throws InterruptedException {
    Duration most = FIRST.multipliedBy(1L << Math.min(tries - 1, DOUBLINGS));
    long nanos = Math.min(most.toNanos(), LONGEST.toNanos());
    return pause(Duration.ofNanos(nanos / 2 + chance.nextLong(nanos / 2 + 1)));
  }
}
