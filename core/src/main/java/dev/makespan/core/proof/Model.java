package dev.makespan.core.proof;

import java.util.List;

/** Tasks with durations, differences between their starts, and what they hold; times from 0. */
public final class Model {

  /** As the guard of a difference: it always holds. */
  public static final int ALWAYS = -1;

  /** Most units that a resource may have. */
  public static final int MAX_UNITS = Cumulative.MAX_UNITS;

  final int[] durations;
  final int choices;
  final List<int[]> differences;
  final int[] capacities;
  final int[][] demands;

  /**
   * A model whose variables are the tasks' starts, then the end of all, then the choices, which are
   * 0 or 1. Bound {@code 2x} is the lower bound of variable x, {@code 2x + 1} its upper bound with
   * the sign turned.
   *
   * @param differences x, y, lag, guard, value: y is x + lag or more when the guard's bound is the
   *     value or more; without a guard {@link #ALWAYS}
   * @param demands per resource the units of each task; of a task of no duration 0
   */
  public Model(
      int[] durations, int choices, List<int[]> differences, int[] capacities, int[][] demands) {
    this.durations = durations.clone();
    this.choices = choices;
    this.differences = List.copyOf(differences);
    this.capacities = capacities.clone();
    this.demands = demands.clone();
  }
}
