package dev.makespan.core.schedule;

/**
 * How the finish goes with the duration of each task: their correlation over all samples
 * (cruciality index, Williams 1992).
 */
final class Sensitivity {

  private final long[] origins;
  private final double[] sums;
  private final double[] squares;
  private final double[] products;
  private long finishOrigin;
  private double finishes;
  private double finishSquares;
  private int samples;

  /** {@code origins}: a duration near the others of each task, which keeps the sums exact. */
  Sensitivity(long[] origins) {
    this.origins = origins.clone();
    this.sums = new double[origins.length];
    this.squares = new double[origins.length];
    this.products = new double[origins.length];
  }

  /** One sample: at least as many durations as there are tasks. */
  void add(long[] durations, long finish) {
    if (samples++ == 0) {
      finishOrigin = finish;
    }
    double f = (double) finish - finishOrigin;
    finishes += f;
    finishSquares += f * f;
    for (int v = 0; v < origins.length; v++) {
      double d = (double) durations[v] - origins[v];
      sums[v] += d;
      squares[v] += d * d;
      products[v] += d * f;
    }
  }

  /** From -1 to 1; 0 for what never varies. */
  double of(int v) {
    double spread = squares[v] - sums[v] * sums[v] / samples;
    double finishSpread = finishSquares - finishes * finishes / samples;
    if (spread <= 0 || finishSpread <= 0) {
      return 0;
    }
    double together = products[v] - sums[v] * finishes / samples;
    return Math.clamp(together / Math.sqrt(spread * finishSpread), -1, 1);
  }
}
