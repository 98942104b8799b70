package dev.makespan.core.graph;

import java.util.Arrays;

/** Kahn's algorithm; among nodes that are free the one that became free first goes first. */
final class TopologicalOrder {

  private TopologicalOrder() {}

  /** Shorter than {@code size} when there is a cycle: nodes on it and behind it are left out. */
  static int[] of(int size, Adjacency successors, Adjacency predecessors) {
    int[] waiting = new int[size];
    int[] order = new int[size];
    int filled = 0;
    for (int v = 0; v < size; v++) {
      waiting[v] = predecessors.start[v + 1] - predecessors.start[v];
      if (waiting[v] == 0) {
        order[filled++] = v;
      }
    }
    for (int i = 0; i < filled; i++) {
      int v = order[i];
      for (int slot = successors.start[v]; slot < successors.start[v + 1]; slot++) {
        if (--waiting[successors.other[slot]] == 0) {
          order[filled++] = successors.other[slot];
        }
      }
    }
    return filled < size ? Arrays.copyOf(order, filled) : order;
  }

  /**
   * A cycle of a graph that has one: every node that the order leaves out has a predecessor that it
   * leaves out, so that walking back must come round.
   */
  static String cycle(int size, int[] order, Adjacency predecessors) {
    int[] waiting = new int[size];
    Arrays.fill(waiting, 1);
    for (int ordered : order) {
      waiting[ordered] = 0;
    }
    int v = 0;
    while (waiting[v] == 0) {
      v++;
    }
    boolean[] seen = new boolean[waiting.length];
    while (!seen[v]) {
      seen[v] = true;
      v = waitingPredecessor(v, waiting, predecessors);
    }
    StringBuilder text = new StringBuilder().append(v);
    int u = v;
    do {
      u = waitingPredecessor(u, waiting, predecessors);
      text.insert(0, u + " -> ");
    } while (u != v);
    return text.toString();
  }

  private static int waitingPredecessor(int v, int[] waiting, Adjacency predecessors) {
    for (int slot = predecessors.start[v]; slot < predecessors.start[v + 1]; slot++) {
      if (waiting[predecessors.other[slot]] > 0) {
        return predecessors.other[slot];
      }
    }
    throw new IllegalStateException("a waiting node has a waiting predecessor: " + v);
  }
}
