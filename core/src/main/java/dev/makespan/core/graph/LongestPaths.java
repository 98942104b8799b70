package dev.makespan.core.graph;

import java.util.Arrays;

/** The forward and the backward pass over a graph, O(tasks + needs). */
public final class LongestPaths {

  private LongestPaths() {}

  /** The earliest start of each node. */
  public static long[] heads(TaskGraph graph) {
    long[] heads = new long[graph.size()];
    for (int i = 0; i < heads.length; i++) {
      int v = graph.inOrder(i);
      long head = heads[v];
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot);
        heads[w] = Math.max(heads[w], head + graph.successorLag(slot));
      }
    }
    return heads;
  }

  /** How long from the start of each node to the end of all that hangs on it, itself included. */
  public static long[] tails(TaskGraph graph) {
    long[] tails = new long[graph.size()];
    for (int i = tails.length - 1; i >= 0; i--) {
      int v = graph.inOrder(i);
      long tail = graph.duration(v);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        tail = Math.max(tail, graph.successorLag(slot) + tails[graph.successor(slot)]);
      }
      tails[v] = tail;
    }
    return tails;
  }

  /** The length of the longest path, from the tails of all nodes. */
  public static long length(long[] tails) {
    return Arrays.stream(tails).max().orElse(0);
  }
}
