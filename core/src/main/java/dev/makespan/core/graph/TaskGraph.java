package dev.makespan.core.graph;

import dev.makespan.core.plan.Plan;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tasks as ints from 0 and their needs as edges with one start-to-start lag each: {@code start(v)
 * >= start(u) + lag}. Tasks of a plan have the index of their place in it. Nodes from {@link
 * #tasks()} on are barriers between phases: they take no time and are no tasks. Times are in
 * milliseconds, or in whatever unit the durations were given in.
 */
public final class TaskGraph {

  /** As a lag: the successor waits for the predecessor's finish. */
  public static final long FINISH_TO_START = Long.MIN_VALUE;

  /** Longest sum of all durations that is accepted; sums of a few of them stay within a long. */
  public static final long MAX_TOTAL = Long.MAX_VALUE / 8;

  private final int tasks;
  private final long[] durations;
  private final Adjacency successors;
  private final Adjacency predecessors;
  private final long[] lags;
  private final boolean[] whole;
  private final int[] order;
  private final int[] position;

  private TaskGraph(int tasks, long[] durations, int[] from, int[] to, long[] lags) {
    this.tasks = tasks;
    this.durations = durations;
    requireTotal(durations, lags);
    this.successors = Adjacency.by(durations.length, from, to);
    this.predecessors = Adjacency.by(durations.length, to, from);
    this.lags = lags;
    this.whole = new boolean[lags.length];
    for (int e = 0; e < lags.length; e++) {
      whole[e] = lags[e] == FINISH_TO_START;
      lags[e] = whole[e] ? durations[from[e]] : lags[e];
    }
    this.order = TopologicalOrder.of(durations.length, successors, predecessors);
    this.position = new int[durations.length];
    for (int i = 0; i < order.length; i++) {
      position[order[i]] = i;
    }
  }

  private boolean hasCycle() {
    return order.length < durations.length;
  }

  private TaskGraph withoutCycle() {
    if (hasCycle()) {
      throw new IllegalArgumentException(
          "expected a graph without cycles, was "
              + TopologicalOrder.cycle(durations.length, order, predecessors));
    }
    return this;
  }

  /**
   * The graph of a plan without cycles. The predecessors of a task are the tasks that it needs, in
   * the order of its needs, and behind them a barrier, if there is one.
   */
  public static TaskGraph of(Plan plan) {
    return PlanEdges.graphOf(plan).withoutCycle();
  }

  /**
   * The same graph as {@link #of(Plan)} of a plan that came from another by changes, in less time.
   * Changes must keep the tasks' ids and their order, or else their number must differ. Empty: they
   * close a cycle.
   */
  public static Optional<TaskGraph> find(Plan changed, Plan before, TaskGraph graph) {
    return Optional.of(PlanEdges.graphOf(changed, before, graph)).filter(g -> !g.hasCycle());
  }

  /**
   * A graph of nodes that are all tasks.
   *
   * @param lags per edge: {@link #FINISH_TO_START}, or how long after the start of {@code from} the
   *     target may start
   * @throws IllegalArgumentException on a cycle, which is named
   */
  public static TaskGraph of(long[] durations, int[] from, int[] to, long[] lags) {
    return of(durations.length, durations, from, to, lags).withoutCycle();
  }

  /** It may have a cycle. */
  static TaskGraph of(int tasks, long[] durations, int[] from, int[] to, long[] lags) {
    return new TaskGraph(tasks, durations.clone(), from, to, lags.clone());
  }

  /**
   * The same tasks with time running backwards: a schedule of it, mirrored, is one of this graph.
   * Its lags may be negative.
   */
  public TaskGraph reversed() {
    int[] from = new int[lags.length];
    int[] to = new int[lags.length];
    long[] back = new long[lags.length];
    for (int v = 0; v < size(); v++) {
      for (int slot = successorsBegin(v); slot < successorsEnd(v); slot++) {
        int e = successors.edge[slot];
        from[e] = successor(slot);
        to[e] = v;
        back[e] = lags[e] + durations[successor(slot)] - durations[v];
      }
    }
    return new TaskGraph(tasks, durations, from, to, back);
  }

  /** Tasks and barriers. */
  public int size() {
    return durations.length;
  }

  public int tasks() {
    return tasks;
  }

  public int edges() {
    return lags.length;
  }

  public long duration(int v) {
    return durations[v];
  }

  /** The {@code i}-th node in an order in which every node stands behind its predecessors. */
  public int inOrder(int i) {
    return order[i];
  }

  /** Where node {@code v} stands in that order. */
  public int positionOf(int v) {
    return position[v];
  }

  /** The first of the successor slots of {@code v}; they end before {@code successorsEnd}. */
  public int successorsBegin(int v) {
    return successors.start[v];
  }

  public int successorsEnd(int v) {
    return successors.start[v + 1];
  }

  public int successor(int slot) {
    return successors.other[slot];
  }

  public long successorLag(int slot) {
    return lags[successors.edge[slot]];
  }

  /** Whether the successor waits for all of its predecessor, not for a milestone of it. */
  public boolean successorWaitsForFinish(int slot) {
    return whole[successors.edge[slot]];
  }

  public int predecessorsBegin(int v) {
    return predecessors.start[v];
  }

  public int predecessorsEnd(int v) {
    return predecessors.start[v + 1];
  }

  public int predecessor(int slot) {
    return predecessors.other[slot];
  }

  public long predecessorLag(int slot) {
    return lags[predecessors.edge[slot]];
  }

  /** The longest chain of tasks that leads to each node, counted in tasks; barriers add nothing. */
  public int[] levels() {
    int[] level = new int[size()];
    for (int v : order) {
      int next = level[v] + (v < tasks ? 1 : 0);
      for (int slot = successorsBegin(v); slot < successorsEnd(v); slot++) {
        level[successor(slot)] = Math.max(level[successor(slot)], next);
      }
    }
    return level;
  }

  private static void requireTotal(long[] durations, long[] lags) {
    long total = 0;
    for (long duration : durations) {
      total = Math.addExact(total, duration);
      if (duration < 0 || total > MAX_TOTAL) {
        throw new IllegalArgumentException(
            "durations: expected none below 0 and " + MAX_TOTAL + " in all, was " + total);
      }
    }
    long longest = Arrays.stream(lags).max().orElse(0);
    if (longest > MAX_TOTAL / Math.max(1, durations.length)) {
      throw new IllegalArgumentException("a milestone's offset is too large: " + longest);
    }
  }
}
