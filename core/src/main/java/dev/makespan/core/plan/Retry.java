package dev.makespan.core.plan;

import java.time.Duration;

/**
 * How often and after what pause a failed attempt is repeated.
 *
 * @param limit attempts that may fail by the work, the first included; at least 1
 * @param gates attempts that gates may reject, the first included; at least 1
 * @param backoff the pause before the next attempt; a tenth of jitter comes on top
 */
public record Retry(int limit, int gates, Duration backoff) {

  /** What a plan that says nothing gets. */
  public static final Retry DEFAULT = new Retry(3, Duration.ofSeconds(1));

  public Retry {
    if (limit < 1 || gates < 1 || backoff.isNegative()) {
      throw new IllegalArgumentException(
          "retry: expected limit and gates >= 1 and backoff >= 0, was %d, %d, %s"
              .formatted(limit, gates, backoff));
    }
  }

  /** As many attempts for the gates as for the work. */
  public Retry(int limit, Duration backoff) {
    this(limit, limit, backoff);
  }
}
