package dev.makespan.core.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a task is expected to take: three points, all equal when the plan says one value.
 *
 * @param size what it was computed from, such as {@code 1200 loc}; null when the plan says a
 *     duration
 * @param assumed the plan says nothing, so this is the default of zero
 */
public record Estimate(
    Duration optimistic,
    Duration likely,
    Duration pessimistic,
    @Nullable String size,
    boolean assumed) {

  public Estimate {
    if (optimistic.isNegative()
        || optimistic.compareTo(likely) > 0
        || likely.compareTo(pessimistic) > 0) {
      throw new IllegalArgumentException(
          "estimate: expected 0 <= optimistic <= likely <= pessimistic, was "
              + optimistic
              + ", "
              + likely
              + ", "
              + pessimistic);
    }
  }

  public static Estimate exactly(Duration duration) {
    return new Estimate(duration, duration, duration, null, false);
  }
}
