package dev.makespan.core.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A model of so few short tasks that all its solutions can be written down. */
final class TinyModel {

  final int latestEnd;
  final Model model;

  /** Every solution: the starts, the end, the choices. */
  final List<int[]> solutions = new ArrayList<>();

  TinyModel(Model model, int latestEnd) {
    this.model = model;
    this.latestEnd = latestEnd;
    enumerate(new int[model.durations.length + 1 + model.choices], 0);
  }

  /** Two to four tasks with needs, choices of order and up to five resources. */
  static TinyModel random(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int tasks = 2 + random.nextInt(3);
    int[] durations = random.ints(tasks, 0, 4).toArray();
    List<int[]> differences = new ArrayList<>();
    for (int v = 0; v < tasks; v++) {
      differences.add(new int[] {v, tasks, durations[v], Model.ALWAYS, 0});
    }
    int choices = 0;
    for (int v = 1; v < tasks; v++) {
      int u = random.nextInt(v);
      if (random.nextInt(3) == 0) {
        differences.add(new int[] {u, v, random.nextInt(-1, 3), Model.ALWAYS, 0});
      } else if (random.nextBoolean()) {
        int choice = tasks + 1 + choices++;
        differences.add(new int[] {u, v, durations[u], 2 * choice, 1});
        differences.add(new int[] {v, u, durations[v], 2 * choice + 1, 0});
      }
    }
    int resources = random.nextInt(6);
    int[] capacities = random.ints(resources, 1, 4).toArray();
    int[][] demands = new int[resources][];
    for (int r = 0; r < resources; r++) {
      demands[r] = random.ints(tasks, 0, capacities[r] + 1).toArray();
      for (int v = 0; v < tasks; v++) {
        demands[r][v] = durations[v] == 0 ? 0 : demands[r][v];
      }
    }
    Model model = new Model(durations, choices, differences, capacities, demands);
    return new TinyModel(model, Arrays.stream(durations).sum());
  }

  private void enumerate(int[] values, int filled) {
    if (filled == values.length) {
      if (holds(values)) {
        solutions.add(values.clone());
      }
      return;
    }
    int tasks = model.durations.length;
    int high =
        filled < tasks ? latestEnd - model.durations[filled] : filled == tasks ? latestEnd : 1;
    for (int value = 0; value <= high; value++) {
      values[filled] = value;
      enumerate(values, filled + 1);
    }
  }

  private boolean holds(int[] values) {
    for (int[] edge : model.differences) {
      boolean guarded = edge[3] == Model.ALWAYS || isTrue(values, edge[3], edge[4]);
      if (guarded && values[edge[1]] < values[edge[0]] + edge[2]) {
        return false;
      }
    }
    for (int r = 0; r < model.capacities.length; r++) {
      for (int t = 0; t < latestEnd; t++) {
        int used = 0;
        for (int v = 0; v < model.durations.length; v++) {
          boolean underWay = values[v] <= t && t < values[v] + model.durations[v];
          used += underWay ? model.demands[r][v] : 0;
        }
        if (used > model.capacities[r]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the literal {@code (b, k)} is true when the variables have these values. */
  static boolean isTrue(int[] values, int b, int k) {
    return ((b & 1) == 0 ? values[b >> 1] : -values[b >> 1]) >= k;
  }

  /** The shortest end of all solutions; {@code latestEnd + 1}: there is none. */
  int shortest() {
    return solutions.stream()
        .mapToInt(values -> values[model.durations.length])
        .min()
        .orElse(latestEnd + 1);
  }
}
