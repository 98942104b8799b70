package dev.makespan.bench;

/**
 * One instance's result.
 *
 * @param proven our own lower bound is met
 */
record Measured(BestKnown known, long makespan, boolean proven, long schedules, double millis) {

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
