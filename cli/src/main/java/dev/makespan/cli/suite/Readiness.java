package dev.makespan.cli.suite;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whether a service says that it is ready. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int ANSWER_MILLIS = 2_000;
  private static final int OK = 200;

  private Readiness() {}

  /** Waits until {@code service} is ready, and no longer than it lives. */
  static void await(ChildProcess service, int port) throws SuiteProblem, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!isReady(port)) {
      if (service.process().waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SuiteProblem(
            "%s ended while it was starting: %s (see %s)"
                .formatted(service.name(), service.lastWords(), service.log()));
      }
      if (System.nanoTime() > end) {
        throw new SuiteProblem(
            "%s was not ready after %d s: %s (see %s)"
                .formatted(service.name(), LIMIT.toSeconds(), service.lastWords(), service.log()));
      }
    }
  }

  static boolean isReady(int port) {
    try {
      URI address = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        return connection.getResponseCode() == OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
