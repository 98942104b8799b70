package dev.makespan.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds needs that other needs imply. Only whole needs are looked at; a milestone's offset makes it
 * say more than the order. Targets go in blocks, one bit each, swept once backwards as far as their
 * farthest need: O(tasks · needs / 64) in all whatever the graph's shape, and much less where needs
 * stay near.
 */
public final class TransitiveReduction {

  private final TaskGraph graph;
  private final int[] levels;
  private final BlockSweep sweep;

  private TransitiveReduction(TaskGraph graph) {
    this.graph = graph;
    this.levels = graph.levels();
    this.sweep = new BlockSweep(graph, graph.size());
  }

  /** Pairs of predecessor and successor, by successor in topological order. */
  public static List<int[]> impliedNeeds(TaskGraph graph) {
    return new TransitiveReduction(graph).implied();
  }

  private List<int[]> implied() {
    int[] targets = targets();
    List<int[]> implied = new ArrayList<>();
    for (int begin = 0; begin < targets.length; begin += BlockSweep.BLOCK) {
      int end = Math.min(targets.length, begin + BlockSweep.BLOCK);
      sweep.sweep(targets, begin, end, farthest(targets, begin, end));
      for (int t = begin; t < end; t++) {
        collect(graph.inOrder(targets[t]), t - begin, implied);
      }
    }
    return implied;
  }

  /** Positions, ascending; a need that spans one level, or the only one, is never implied. */
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
        targets[count++] = i;
      }
    }
    return Arrays.copyOf(targets, count);
  }

  private int farthest(int[] targets, int begin, int end) {
    int farthest = targets[begin];
    for (int t = begin; t < end; t++) {
      int v = graph.inOrder(targets[t]);
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        farthest = Math.min(farthest, sweep.position(graph.predecessor(slot)));
      }
    }
    return farthest;
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
          && sweep.reaches(sweep.position(w), column)) {
        return true;
      }
    }
    return false;
  }
}
