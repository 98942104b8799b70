package dev.makespan.core.proof;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Asks whether all tasks can end by a given time, and learns from each dead end on the way. */
public final class StartTimes {

  /** What became of a question. */
  public enum Answer {
    FOUND,
    IMPOSSIBLE,
    OPEN
  }

  /** A pass over the resources weighs a step for each so many tasks. */
  private static final int TASKS_PER_STEP = 16;

  private static final int RESTART_UNIT = 100;
  private static final int FIRST_FORGET = 4_000;
  private static final int MORE_BY = 500;

  private final int tasks;
  private final int end;
  private final Bounds bounds;
  private final Differences differences;
  private final Cumulative cumulative;
  private final Nogoods nogoods;
  private final Explanations said = new Explanations();
  private final Reasoning reasoning;
  private final Activity activity;
  private final Conflict conflict;
  private final Literals failed = new Literals();
  private final boolean[] held;
  private int[] marks = new int[64];
  private int[] saidAt = new int[64];
  private int propagated;
  private boolean changed = true;
  private boolean refuted;
  private long steps;
  private final int sweepSteps;
  private long conflicts;
  private int restarts;
  private long restartAt;
  private int forgetAt = FIRST_FORGET;
  private final int[] found;

  /**
   * A search that has not begun.
   *
   * @param latestEnd no later end is ever asked about
   */
  public StartTimes(Model model, int latestEnd) {
    tasks = model.durations.length;
    end = tasks;
    int[] low = new int[tasks + 1 + model.choices];
    int[] high = new int[low.length];
    for (int v = 0; v < tasks; v++) {
      high[v] = latestEnd - model.durations[v];
    }
    high[end] = latestEnd;
    Arrays.fill(high, tasks + 1, high.length, 1);
    bounds = new Bounds(low, high);
    differences = new Differences(bounds, model.differences);
    cumulative = new Cumulative(bounds, model.durations, model.capacities, model.demands, failed);
    nogoods = new Nogoods(bounds);
    reasoning = new Reasoning(bounds, differences, nogoods, said);
    found = new int[tasks];
    sweepSteps = 1 + tasks / TASKS_PER_STEP;
    held = new boolean[bounds.value.length];
    Arrays.fill(held, 0, 2 * tasks, true);
    refuted = !differences.propagateAll(said) || !propagate();
    if (!refuted) {
      settle();
    }
    activity = new Activity(bounds);
    conflict = new Conflict(bounds, reasoning, activity);
  }

  /** How many raises of bounds were followed, and what passes over all resources weigh. */
  public long steps() {
    return steps;
  }

  /** The starts that were found last. */
  public int[] found() {
    return found.clone();
  }

  /**
   * Whether all can end by {@code limit}; what was learned from one question helps with the next.
   *
   * @param maxSteps of all questions so far
   */
  public Answer endBy(int limit, long maxSteps, BooleanSupplier isOver) {
    backTo(0);
    restartAt = conflicts + restartLength();
    while (!refuted) {
      if (!propagate()) {
        learn(limit);
      } else if (bounds.level() == 0 && bounds.value[2 * end] > limit) {
        return Answer.IMPOSSIBLE;
      } else if (steps >= maxSteps || isOver.getAsBoolean()) {
        return Answer.OPEN;
      } else if (conflicts >= restartAt) {
        restart();
      } else if (!decide(limit)) {
        remember();
        return Answer.FOUND;
      }
    }
    return Answer.IMPOSSIBLE;
  }

  private void remember() {
    for (int v = 0; v < tasks; v++) {
      found[v] = bounds.value[2 * v];
    }
  }

  private void learn(int limit) {
    conflicts++;
    int level = conflict.level(failed);
    backTo(level);
    if (level <= 1) {
      backTo(0);
      refuted = level == 0 || !bounds.raise(2 * end, limit + 1, Bounds.DECIDED);
      return;
    }
    conflict.analyse(failed);
    backTo(conflict.backLevel());
    Literals learned = conflict.learned;
    if (learned.size > 2) {
      nogoods.learn(learned, conflict.levels());
    } else {
      refuted = !bounds.raise(learned.items[0] ^ 1, 1 - learned.items[1], Bounds.DECIDED);
    }
  }

  private void restart() {
    restarts++;
    restartAt = conflicts + restartLength();
    backTo(0);
    if (nogoods.count() > forgetAt) {
      refuted = !propagate();
      settle();
      nogoods.forget();
      forgetAt += MORE_BY;
    }
  }

  private long restartLength() {
    return (long) RESTART_UNIT * luby(restarts + 1);
  }

  private static int luby(int i) {
    int size = 1;
    while (size < i + 1) {
      size *= 2;
    }
    return size == i + 1 ? size / 2 : luby(i - size / 2 + 1);
  }

  /** Assumes the end on level 1, then what of late led to dead ends; false: all is decided. */
  private boolean decide(int limit) {
    if (bounds.level() == 0) {
      settle();
      return assume(2 * end + 1, -limit);
    }
    int mark = activity.mark();
    int atom = activity.take();
    int v = atom < 0 ? earliest() : -1;
    if (atom < 0 && v < 0) {
      activity.backTo(mark);
      return false;
    }
    boolean assumed =
        atom >= 0
            ? assume(2 * activity.variable(atom) + 1, 1 - activity.at(atom))
            : assume(2 * v + 1, -bounds.value[2 * v]);
    marks[bounds.level()] = mark;
    return assumed;
  }

  private boolean assume(int b, int k) {
    int level = bounds.level() + 1;
    if (level == marks.length) {
      marks = Arrays.copyOf(marks, level * 2);
      saidAt = Arrays.copyOf(saidAt, level * 2);
    }
    marks[level] = activity.mark();
    saidAt[level] = said.size();
    bounds.openLevel();
    return bounds.raise(b, k, Bounds.DECIDED);
  }

  private int earliest() {
    int best = -1;
    for (int v = 0; v < tasks; v++) {
      if (!bounds.isFixed(v) && (best < 0 || isBefore(v, best))) {
        best = v;
      }
    }
    return best;
  }

  private boolean isBefore(int v, int w) {
    int a = bounds.value[2 * v];
    int b = bounds.value[2 * w];
    return a < b || (a == b && bounds.value[2 * v + 1] > bounds.value[2 * w + 1]);
  }

  private void settle() {
    bounds.settle();
    said.cut(1);
    propagated = 0;
  }

  private void backTo(int level) {
    if (bounds.level() > level) {
      activity.backTo(marks[level + 1]);
      said.cut(saidAt[level + 1]);
      bounds.backTo(level);
      propagated = Math.min(propagated, bounds.size);
      changed = true;
    }
  }

  private boolean propagate() {
    while (propagated < bounds.size || changed) {
      while (propagated < bounds.size) {
        int b = bounds.bound[propagated];
        int old = bounds.before[propagated];
        propagated++;
        steps++;
        changed |= held[b];
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
      changed = false;
      if (!cumulative.isEmpty()) {
        if (!cumulative.propagate(said)) {
          return !cumulative.isOverloaded() && failAtTop();
        }
        steps += sweepSteps;
      }
    }
    return true;
  }

  /** The last raise stands against its opposite: what led to it cannot hold with that. */
  private boolean failAtTop() {
    int b = bounds.bound[bounds.size - 1];
    int opposite = bounds.value[b ^ 1];
    failed.size = 0;
    if (bounds.level() > 0) {
      reasoning.explain(bounds.size - 1, 1 - opposite, failed);
      failed.add(b ^ 1, opposite);
      bounds.dropLast();
    }
    return false;
  }
}
