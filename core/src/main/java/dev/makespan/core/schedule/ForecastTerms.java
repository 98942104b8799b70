package dev.makespan.core.schedule;

/**
 * How a forecast is sampled.
 *
 * @param seed the same seed draws the same for a task whatever else the plan holds
 * @param samples how many finishes are drawn
 * @param roleCorrelation from 0 to 1: how far tasks of one role are late together; 0: not at all
 * @param assumedBest for a task with one value only, the optimistic duration as a part of it, at
 *     most 1; 1: it is certain
 * @param assumedWorst likewise the pessimistic one, at least 1
 */
public record ForecastTerms(
    long seed, int samples, double roleCorrelation, double assumedBest, double assumedWorst) {

  /** Samples that are plenty for two digits of a percentile. */
  public static final int DEFAULT_SAMPLES = 10_000;

  /** Most samples of one forecast. */
  public static final int MAX_SAMPLES = 1_000_000;

  /** Most that a task may be assumed to take, as a multiple of its duration. */
  public static final double MAX_WORST = 100;

  /** Tasks independent of each other, durations as the plan says. */
  public static final ForecastTerms DEFAULT = of(1, DEFAULT_SAMPLES);

  public ForecastTerms {
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "samples: expected 1 to " + MAX_SAMPLES + ", was " + samples);
    }
    require(roleCorrelation >= 0 && roleCorrelation <= 1, "0 to 1 as correlation", roleCorrelation);
    require(assumedBest >= 0 && assumedBest <= 1, "0 to 1 as the best case", assumedBest);
    require(
        assumedWorst >= 1 && assumedWorst <= MAX_WORST,
        "1 to " + MAX_WORST + " as the worst case",
        assumedWorst);
  }

  public static ForecastTerms of(long seed, int samples) {
    return new ForecastTerms(seed, samples, 0, 1, 1);
  }

  private static void require(boolean holds, String expected, double was) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", was " + was);
    }
  }
}
