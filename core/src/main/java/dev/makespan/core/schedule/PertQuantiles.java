package dev.makespan.core.schedule;

/**
 * Quantiles of the PERT-beta distribution between 0 and 1 with the given mode (lambda 4), as a
 * table: one look-up per sample.
 */
final class PertQuantiles {

  private static final int CELLS = 1_024;
  private static final int INTEGRATED = 4_096;

  private final double[] table = new double[CELLS + 1];

  /** {@code mode}: from 0 to 1. */
  PertQuantiles(double mode) {
    double[] cumulated = new double[INTEGRATED + 1];
    for (int i = 1; i <= INTEGRATED; i++) {
      double x = (i - 0.5) / INTEGRATED;
      double density = StrictMath.pow(x, 4 * mode) * StrictMath.pow(1 - x, 4 * (1 - mode));
      cumulated[i] = cumulated[i - 1] + density;
    }
    int i = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      double wanted = cumulated[INTEGRATED] * cell / CELLS;
      while (cumulated[i + 1] < wanted) {
        i++;
      }
      double share = (wanted - cumulated[i]) / (cumulated[i + 1] - cumulated[i]);
      table[cell] = (i + share) / INTEGRATED;
    }
    table[CELLS] = 1;
  }

  /** {@code chance}: from 0 to 1. */
  double at(double chance) {
    double place = chance * CELLS;
    int cell = Math.min(CELLS - 1, (int) place);
    return table[cell] + (place - cell) * (table[cell + 1] - table[cell]);
  }
}
