package dev.makespan.planner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a computation is.
 *
 * @param done schedules tried, numbers of agents tried, or samples drawn
 * @param total of how many; 0: until the time is up
 * @param makespan of the best schedule so far; null: none yet
 * @param lowerBound no schedule is shorter; null: not known yet
 */
public record Progress(
    long done, long total, @Nullable Duration makespan, @Nullable Duration lowerBound) {

  /** Nothing is done. */
  public static final Progress NONE = new Progress(0, 0, null, null);

  /** How far the makespan is above the lower bound, in percent of it; 0: not known. */
  public double gapPercent() {
    return makespan == null || lowerBound == null ? 0 : gapPercent(makespan, lowerBound);
  }

  /** See {@link #gapPercent()}. */
  public static double gapPercent(Duration makespan, Duration lowerBound) {
    double bound = lowerBound.toMillis();
    return bound == 0 ? 0 : 100 * (makespan.toMillis() - bound) / bound;
  }
}
