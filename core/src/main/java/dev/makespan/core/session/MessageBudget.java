package dev.makespan.core.session;

import java.time.Duration;
import java.time.Instant;

/** How many messages may still be said: a bucket that fills up with time. */
final class MessageBudget {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double most;
  private double left;
  private Instant filledAt;

  MessageBudget(SessionLimits limits, int slots, Instant now) {
    perSecond = limits.perSecond(slots);
    most = perSecond * limits.burstSeconds();
    left = most;
    filledAt = now;
  }

  /** Whether one more is within the limit. */
  boolean take(Instant now) {
    double seconds = Duration.between(filledAt, now).toNanos() / NANOS_PER_SECOND;
    if (seconds > 0) {
      left = Math.min(most, left + seconds * perSecond);
      filledAt = now;
    }
    left--;
    return left >= 0;
  }

  long perSecond() {
    return Math.round(perSecond);
  }
}
