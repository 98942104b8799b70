package dev.makespan.core.schedule;

/**
 * How hard to look for a schedule. The same seed and number of schedules give the same schedule.
 *
 * @param schedules how many may be generated; a justification pass counts as one
 * @param proofSteps how many steps a small project's proof may take; 0: none is tried
 */
public record Search(long seed, int schedules, long proofSteps) {

  /** Most schedules that one search generates. */
  public static final int MAX_SCHEDULES = 100_000_000;

  /** Most steps of a proof unless told otherwise. */
  public static final long MAX_DEFAULT_PROOF_STEPS = 10_000_000;

  private static final long PROOF_STEPS_PER_SCHEDULE = 10;

  /** Enough for a plan of some dozens of tasks, done in some dozens of milliseconds. */
  public static final Search DEFAULT = new Search(1, 2_000);

  /** With steps for a proof that take about as long as the schedules. */
  public Search(long seed, int schedules) {
    this(
        seed,
        schedules,
        Math.clamp(PROOF_STEPS_PER_SCHEDULE * schedules, 0, MAX_DEFAULT_PROOF_STEPS));
  }

  public Search {
    if (proofSteps < 0) {
      throw new IllegalArgumentException("proofSteps: expected 0 or more, was " + proofSteps);
    }
    if (schedules < 1 || schedules > MAX_SCHEDULES) {
      throw new IllegalArgumentException(
          "schedules: expected 1 to " + MAX_SCHEDULES + ", was " + schedules);
    }
  }
}
