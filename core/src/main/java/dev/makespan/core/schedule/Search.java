package dev.makespan.core.schedule;

/**
 * How hard to look for a schedule. The same seed and number of schedules give the same schedule.
 *
 * @param schedules how many may be generated; a justification pass counts as one
 */
public record Search(long seed, int schedules) {

  /** Most schedules that one search generates. */
  public static final int MAX_SCHEDULES = 100_000_000;

  /** Enough for a plan of some dozens of tasks, done in some dozens of milliseconds. */
  public static final Search DEFAULT = new Search(1, 2_000);

  public Search {
    if (schedules < 1 || schedules > MAX_SCHEDULES) {
      throw new IllegalArgumentException(
          "schedules: expected 1 to " + MAX_SCHEDULES + ", was " + schedules);
    }
  }
}
