package dev.makespan.core.schedule;

/** The standard normal distribution, the same on every machine. */
final class NormalDistribution {

  private static final double[] TAIL_ABOVE = {
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838,
    -2.549732539343734,
    4.374664141464968,
    2.938163982698783
  };
  private static final double[] TAIL_BELOW = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996, 3.754408661907416, 1
  };
  private static final double[] MIDDLE_ABOVE = {
    -3.969683028665376e+01,
    2.209460984245205e+02,
    -2.759285104469687e+02,
    1.383577518672690e+02,
    -3.066479806614716e+01,
    2.506628277459239
  };
  private static final double[] MIDDLE_BELOW = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] CUMULATED = {
    1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530, 0
  };
  private static final double TAIL = 0.02425;
  private static final double LEAST = 0x1.0p-54;

  private NormalDistribution() {}

  /** The value that {@code chance} of all draws stay below (Acklam 2003); error below 1.2e-9. */
  static double quantile(double chance) {
    double p = Math.clamp(chance, LEAST, 1 - LEAST);
    if (p > 1 - TAIL) {
      return -quantile(1 - p);
    }
    if (p < TAIL) {
      double q = StrictMath.sqrt(-2 * StrictMath.log(p));
      return polynomial(TAIL_ABOVE, q) / polynomial(TAIL_BELOW, q);
    }
    double q = p - 0.5;
    double r = q * q;
    return q * polynomial(MIDDLE_ABOVE, r) / polynomial(MIDDLE_BELOW, r);
  }

  /** How many of all draws stay below {@code x} (Abramowitz and Stegun 26.2.17); error < 7.5e-8. */
  static double share(double x) {
    if (x < 0) {
      return 1 - share(-x);
    }
    double t = 1 / (1 + 0.2316419 * x);
    double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
    return 1 - density * polynomial(CUMULATED, t);
  }

  /** Coefficients from the highest power down. */
  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = sum * x + coefficient;
    }
    return sum;
  }
}
