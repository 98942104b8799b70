package dev.makespan.cli;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.Supplier;

/** Repeats a call that changes nothing twice, while a service is being restarted. */
final class Retries {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private Retries() {}

  static <T> T call(Supplier<T> call) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!Statuses.serverIsAway(e.getStatus()) || System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
