package dev.makespan.core.schedule;

/**
 * How hard to look for a schedule. The same four give the same schedule, on any number of threads.
 *
 * @param schedules how many may be generated; a justification pass counts as one
 * @param islands how many populations breed apart and learn from each other now and then; more than
 *     one can use as many threads
 * @param proofSteps how many steps the proof of a small project may take; 0: none is tried
 */
public record Search(long seed, int schedules, int islands, long proofSteps) {

  /** Most schedules that one search generates. */
  public static final int MAX_SCHEDULES = 100_000_000;

  /** Most islands of one search. */
  public static final int MAX_ISLANDS = 64;

  /** Most steps of a proof unless told otherwise. */
  public static final long DEFAULT_PROOF_STEPS = 10_000_000;

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
    if (proofSteps < 0) {
      throw new IllegalArgumentException("proofSteps: expected 0 or more, was " + proofSteps);
    }
  }

  /** On one island. */
  public Search(long seed, int schedules) {
    this(seed, schedules, 1);
  }

  /** With the usual steps for a proof. */
  public Search(long seed, int schedules, int islands) {
    this(seed, schedules, islands, DEFAULT_PROOF_STEPS);
  }
}
