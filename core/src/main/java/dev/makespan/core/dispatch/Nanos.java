package dev.makespan.core.dispatch;

import java.time.Duration;
import java.time.Instant;

/** Times as numbers, for what is compared or added up often: nanoseconds, at most 292 years. */
final class Nanos {

  private static final long PER_SECOND = 1_000_000_000L;
  private static final long MAX_SECONDS = Long.MAX_VALUE / PER_SECOND - 1;

  private Nanos() {}

  /** Since 1970; what is later than a {@code long} can say is the latest that it can. */
  static long of(Instant instant) {
    long seconds = Math.clamp(instant.getEpochSecond(), -MAX_SECONDS, MAX_SECONDS);
    return seconds * PER_SECOND + instant.getNano();
  }

  static long of(Duration duration) {
    long seconds = Math.clamp(duration.getSeconds(), -MAX_SECONDS, MAX_SECONDS);
    return seconds * PER_SECOND + duration.getNano();
  }

  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }

  /** The sum, or the greatest number when that is less. */
  static long sum(long one, long other) {
    long sum = one + other;
    boolean overflow = ((one ^ sum) & (other ^ sum)) < 0;
    return overflow ? Long.MAX_VALUE : sum;
  }
}
