package dev.makespan.core.session;

import java.time.Duration;

/**
 * How long to wait before the next try of a lost stream: full jitter, so that ten thousand agents
 * of a gateway that died do not come back at once. After "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015.
 */
public final class ReconnectBackoff {

  private static final long FIRST_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 6;

  private ReconnectBackoff() {}

  /**
   * The pause before the next try.
   *
   * @param failures in a row so far; the pause is at most 1 s after the first, 64 s after the 7th
   * @param chance from 0 to 1
   */
  public static Duration pause(int failures, double chance) {
    int doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.round(chance * (FIRST_MILLIS << doublings)));
  }
}
