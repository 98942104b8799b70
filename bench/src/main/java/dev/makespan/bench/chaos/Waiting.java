package dev.makespan.bench.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits by looking, since nobody here is called when a process comes or goes. */
final class Waiting {

  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  private Waiting() {}

  /** Whether {@code condition} came to hold within {@code limit}. */
  static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return true;
  }

  static void lasting(Duration duration) {
    until(() -> false, duration);
  }
}
