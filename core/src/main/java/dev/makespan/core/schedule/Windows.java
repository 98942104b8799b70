package dev.makespan.core.schedule;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;

/**
 * Asks whether a project can end by a given time: narrows when each task can start, by needs, by
 * pairs that cannot run side by side, and by what certainly runs at each moment (time-table), until
 * nothing changes or a task has no time left (destructive bounds, Klein and Scholl 1999).
 */
final class Windows {

  private static final int MAX_PASSES = 50;

  private final Project project;
  private final TaskGraph graph;
  private final int[] pairs;
  private final TimeTable timeTable;
  private final EnergyBound energy;
  private final long[] firstHeads;
  private final long[] firstTails;
  private long[] heads;
  private long[] tails;
  private long end;
  private int culprit;

  Windows(Project project) {
    this.project = project;
    this.graph = project.graph();
    this.pairs = Incompatible.pairs(project);
    this.timeTable = new TimeTable(project);
    this.energy = new EnergyBound(project);
    this.firstHeads = LongestPaths.heads(graph);
    this.firstTails = LongestPaths.tails(graph);
    this.heads = firstHeads;
    this.tails = firstTails;
  }

  /** The resource that the last refutation rests on; -1: pairs of tasks, whatever the resource. */
  int culprit() {
    return culprit;
  }

  /** Whether it is certain that no schedule ends by {@code end}. */
  boolean refute(long limit) {
    heads = firstHeads.clone();
    tails = firstTails.clone();
    end = limit;
    culprit = -1;
    boolean changed = true;
    for (int pass = 0; changed && pass < MAX_PASSES; pass++) {
      changed = narrowByNeeds();
      changed |= narrowByPairs();
      if (hasEmpty()) {
        return true;
      }
      for (int r = 0; r < project.resources().size(); r++) {
        boolean narrowed = timeTable.narrow(r, heads, tails, end);
        if (timeTable.isOverloaded() || (narrowed && hasEmpty())) {
          culprit = r;
          return true;
        }
        changed |= narrowed;
      }
    }
    return exceedsEnergy();
  }

  private boolean exceedsEnergy() {
    for (int r = 0; r < project.resources().size(); r++) {
      if (energy.of(r, heads, tails) > end) {
        culprit = r;
        return true;
      }
    }
    return false;
  }

  private boolean hasEmpty() {
    for (int v = 0; v < heads.length; v++) {
      if (heads[v] + tails[v] > end) {
        return true;
      }
    }
    return false;
  }

  private boolean narrowByNeeds() {
    boolean changed = false;
    for (int i = 0; i < heads.length; i++) {
      int v = graph.inOrder(i);
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        changed |= raise(heads, v, heads[graph.predecessor(slot)] + graph.predecessorLag(slot));
      }
    }
    for (int i = heads.length - 1; i >= 0; i--) {
      int v = graph.inOrder(i);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        changed |= raise(tails, v, tails[graph.successor(slot)] + graph.successorLag(slot));
      }
    }
    return changed;
  }

  private boolean narrowByPairs() {
    boolean changed = false;
    for (int k = 0; k < pairs.length; k += 2) {
      changed |= order(pairs[k], pairs[k + 1]);
      changed |= order(pairs[k + 1], pairs[k]);
    }
    return changed;
  }

  /** When {@code first} can't be done before {@code second}, {@code second} goes first. */
  private boolean order(int first, int second) {
    if (heads[first] + graph.duration(first) + tails[second] <= end) {
      return false;
    }
    boolean changed = raise(heads, first, heads[second] + graph.duration(second));
    changed |= raise(tails, second, tails[first] + graph.duration(second));
    return changed;
  }

  private static boolean raise(long[] values, int v, long value) {
    if (values[v] >= value) {
      return false;
    }
    values[v] = value;
    return true;
  }
}
