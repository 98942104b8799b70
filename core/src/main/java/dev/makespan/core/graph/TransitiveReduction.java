package dev.makespan.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds needs that other needs imply. Only whole needs are looked at; a milestone's offset makes it
 * say more than the order. Targets go in blocks of {@value #BLOCK}, one bit each, swept once
 * backwards: O(tasks · needs / 64) in all whatever the graph's shape, 128 bytes per task.
 */
public final class TransitiveReduction {

  private static final int BLOCK = 1024;
  private static final int WORDS = BLOCK / 64;

  private final TaskGraph graph;
  private final int[] levels;
  private final int[] position;
  private final long[] rows;

  private TransitiveReduction(TaskGraph graph) {
    this.graph = graph;
    this.levels = graph.levels();
    this.position = new int[graph.size()];
    for (int i = 0; i < position.length; i++) {
      position[graph.inOrder(i)] = i;
    }
    this.rows = new long[graph.size() * WORDS];
  }

  /** Pairs of predecessor and successor, by successor in topological order. */
  public static List<int[]> impliedNeeds(TaskGraph graph) {
    return new TransitiveReduction(graph).implied();
  }

  private List<int[]> implied() {
    int[] targets = targets();
    List<int[]> implied = new ArrayList<>();
    for (int begin = 0; begin < targets.length; begin += BLOCK) {
      int end = Math.min(targets.length, begin + BLOCK);
      sweep(targets, begin, end);
      for (int t = begin; t < end; t++) {
        collect(targets[t], t - begin, implied);
      }
    }
    return implied;
  }

  /** In topological order; a need that spans one level, or the only one, is never implied. */
  private int[] targets() {
    int[] targets = new int[graph.size()];
    int count = 0;
    for (int i = 0; i < graph.size(); i++) {
      int v = graph.inOrder(i);
      boolean spansLevels = false;
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        spansLevels |= levels[v] - levels[graph.predecessor(slot)] > 1;
      }
      if (spansLevels) {
        targets[count++] = v;
      }
    }
    return Arrays.copyOf(targets, count);
  }

  private void sweep(int[] targets, int begin, int end) {
    Arrays.fill(rows, 0);
    for (int t = begin; t < end; t++) {
      rows[targets[t] * WORDS + ((t - begin) >> 6)] |= 1L << (t - begin);
    }
    int words = (end - begin + 63) >> 6;
    for (int i = position[targets[end - 1]]; i >= 0; i--) {
      int v = graph.inOrder(i);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot) * WORDS;
        for (int k = 0; k < words; k++) {
          rows[v * WORDS + k] |= rows[w + k];
        }
      }
    }
  }

  private void collect(int v, int column, List<int[]> implied) {
    for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
      int u = graph.predecessor(slot);
      if (levels[v] - levels[u] > 1 && waitsForFinish(u, v) && hasDetour(u, v, column)) {
        implied.add(new int[] {u, v});
      }
    }
  }

  private boolean waitsForFinish(int u, int v) {
    for (int slot = graph.successorsBegin(u); slot < graph.successorsEnd(u); slot++) {
      if (graph.successor(slot) == v && graph.successorWaitsForFinish(slot)) {
        return true;
      }
    }
    return false;
  }

  /** Behind a whole need any way on will do: starts never go back in time. */
  private boolean hasDetour(int u, int v, int column) {
    for (int slot = graph.successorsBegin(u); slot < graph.successorsEnd(u); slot++) {
      int w = graph.successor(slot);
      if (w != v
          && graph.successorWaitsForFinish(slot)
          && (rows[w * WORDS + (column >> 6)] >>> column & 1) != 0) {
        return true;
      }
    }
    return false;
  }
}
