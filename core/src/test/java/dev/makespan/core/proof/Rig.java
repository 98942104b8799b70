package dev.makespan.core.proof;

import java.util.Arrays;

/** The parts of a proof put together as {@link StartTimes} does, with decisions from outside. */
final class Rig {

  final Bounds bounds;
  final Differences differences;
  final Cumulative cumulative;
  final Nogoods nogoods;
  final Explanations said = new Explanations();
  final Reasoning reasoning;
  final Activity activity;
  final Conflict conflict;
  final Literals failed = new Literals();
  private int propagated;

  Rig(Model model, int latestEnd) {
    int tasks = model.durations.length;
    int[] low = new int[tasks + 1 + model.choices];
    int[] high = new int[low.length];
    for (int v = 0; v < tasks; v++) {
      high[v] = latestEnd - model.durations[v];
    }
    high[tasks] = latestEnd;
    Arrays.fill(high, tasks + 1, high.length, 1);
    bounds = new Bounds(low, high);
    differences = new Differences(bounds, model.differences);
    cumulative = new Cumulative(bounds, model.durations, model.capacities, model.demands, failed);
    nogoods = new Nogoods(bounds);
    reasoning = new Reasoning(bounds, differences, nogoods, said);
    activity = new Activity(bounds);
    conflict = new Conflict(bounds, reasoning, activity);
  }

  /** Decides {@code (b, k)} on a new level. */
  void assume(int b, int k) {
    bounds.openLevel();
    bounds.raise(b, k, Bounds.DECIDED);
  }

  /** Derives until nothing changes; false: {@link #failed} holds literals that cannot all hold. */
  boolean propagate() {
    boolean changed = true;
    while (changed) {
      int before = bounds.size;
      while (propagated < bounds.size) {
        int b = bounds.bound[propagated];
        int old = bounds.before[propagated++];
        if (!differences.propagate(b, said)) {
          return failAtTop();
        }
        int set = nogoods.propagate(b, old);
        if (set >= 0) {
          failed.size = 0;
          nogoods.copy(set, failed);
          return false;
        }
      }
      if (!cumulative.isEmpty() && !cumulative.propagate(said)) {
        return !cumulative.isOverloaded() && failAtTop();
      }
      changed = bounds.size > before || propagated < bounds.size;
    }
    return true;
  }

  private boolean failAtTop() {
    int b = bounds.bound[bounds.size - 1];
    int opposite = bounds.value[b ^ 1];
    failed.size = 0;
    reasoning.explain(bounds.size - 1, 1 - opposite, failed);
    failed.add(b ^ 1, opposite);
    bounds.dropLast();
    return false;
  }

  void backTo(int level) {
    bounds.backTo(level);
    propagated = Math.min(propagated, bounds.size);
  }

  /** Makes what holds on level 0 facts. */
  void settle() {
    bounds.settle();
    propagated = 0;
  }
}
