package dev.makespan.core.schedule;

/**
 * How hard to look for a schedule. The same three give the same schedule, on any number of threads.
 *
 * @param schedules how many may be generated; a justification pass counts as one
 * @param islands how many populations breed apart and learn from each other now and then; more than
 *     one can use as many threads
 */
public record Search(long seed, int schedules, int islands) {

  /** Most schedules that one search generates. */
  public static final int MAX_SCHEDULES = 100_000_000;

  /** Most islands of one search. */
  public static final int MAX_ISLANDS = 64;

  /** Enough for a plan of some dozens of tasks, done in some dozens of milliseconds. */
  public static final Search DEFAULT = new Search(1, 2_000);

  public Search {
    if (schedules < 1 || schedules > MAX_SCHEDULES) {
      throw new IllegalArgumentException(
          "schedules: expected 1 to " + MAX_SCHEDULES + ", was " + schedules);
    }
    if (islands < 1 || islands > MAX_ISLANDS) {
      throw new IllegalArgumentException(
          "islands: expected 1 to " + MAX_ISLANDS + ", was " + islands);
    }
  }

  /** On one island. */
  public Search(long seed, int schedules) {
    this(seed, schedules, 1);
  }
}
