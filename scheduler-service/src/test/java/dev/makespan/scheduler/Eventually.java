package dev.makespan.scheduler;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a process or a database has to do by itself. */
final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Eventually() {}

  /** Until {@code condition} holds; a failure counts as not yet. */
  static void holds(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!attempt(condition, end)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static boolean attempt(BooleanSupplier condition, long end) {
    try {
      if (condition.getAsBoolean()) {
        return true;
      }
    } catch (RuntimeException e) {
      if (System.nanoTime() - end > 0) {
        throw e;
      }
    }
    if (System.nanoTime() - end > 0) {
      throw new AssertionError("still not so after " + PATIENCE);
    }
    return false;
  }
}
