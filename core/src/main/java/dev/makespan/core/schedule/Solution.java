package dev.makespan.core.schedule;

/**
 * The best schedule that a search found.
 *
 * @param schedules how many were generated; the same seed and number find the same again
 * @param proofSteps how many steps were spent on a proof; 0: none was tried
 */
public record Solution(Schedule schedule, LowerBound bound, long schedules, long proofSteps) {

  /** Whether the bound shows that no schedule is shorter. */
  public boolean isOptimal() {
    return schedule.makespan() == bound.value();
  }
}
