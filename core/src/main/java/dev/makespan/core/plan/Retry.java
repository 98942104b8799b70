package dev.makespan.core.plan;

import java.time.Duration;

/**
 * How often and after what pause a failed attempt is repeated.
 *
 * @param limit attempts in all, the first included; at least 1
 * @param backoff the pause before the next attempt; a tenth of jitter comes on top
 */
public record Retry(int limit, Duration backoff) {

  /** What a plan that says nothing gets. */
  public static final Retry DEFAULT = new Retry(3, Duration.ofSeconds(1));

  public Retry {
    if (limit < 1 || backoff.isNegative()) {
      throw new IllegalArgumentException(
          "retry: expected limit >= 1 and backoff >= 0, was " + limit + ", " + backoff);
    }
  }
}
