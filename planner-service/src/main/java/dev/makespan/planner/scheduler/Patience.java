package dev.makespan.planner.scheduler;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long and how often an absent scheduler is asked again.
 *
 * @param total after this the scheduler counts as away
 * @param chance spreads the callers, so that they do not come back all at once
 */
public record Patience(Duration total, RandomGenerator chance) {

  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final int DOUBLINGS = 5;

  /** The pause before the {@code n}-th repetition, from 0: doubling, half of it by chance. */
  Duration pause(int n) {
    long full = Math.min(FIRST.toMillis() << Math.min(n, DOUBLINGS), LONGEST.toMillis());
    return Duration.ofMillis(full / 2 + chance.nextLong(full / 2 + 1));
  }
}
