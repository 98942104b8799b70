package dev.makespan.bench;

import dev.makespan.core.schedule.Solution;

/**
 * One instance's result.
 *
 * @param proof how the makespan was shown to be the shortest
 */
record Measured(BestKnown known, long makespan, Proof proof, long schedules, double millis) {

  /** What shows that nothing is shorter. */
  enum Proof {
    BOUNDS,
    SEARCH,
    NONE;

    static Proof of(Solution solution) {
      if (!solution.isOptimal()) {
        return NONE;
      }
      return solution.proofSteps() > 0 ? SEARCH : BOUNDS;
    }
  }

  double aboveBest() {
    return percentAbove(known.makespan());
  }

  double aboveCriticalPath() {
    return percentAbove(known.criticalPath());
  }

  private double percentAbove(long reference) {
    return 100.0 * (makespan - reference) / reference;
  }
}
