package dev.makespan.core.graph;

import java.util.BitSet;
import java.util.List;

/** The needs of a graph that others of its needs imply; looked for once and asked for often. */
public final class ImpliedNeeds {

  private final List<int[]> pairs;
  private final BitSet slots = new BitSet();

  private ImpliedNeeds(TaskGraph graph, List<int[]> pairs) {
    this.pairs = pairs;
    for (int[] pair : pairs) {
      int end = graph.predecessorsEnd(pair[1]);
      for (int slot = graph.predecessorsBegin(pair[1]); slot < end; slot++) {
        if (graph.predecessor(slot) == pair[0]) {
          slots.set(slot);
        }
      }
    }
  }

  public static ImpliedNeeds of(TaskGraph graph) {
    return new ImpliedNeeds(graph, TransitiveReduction.impliedNeeds(graph));
  }

  /** Pairs of predecessor and successor, by successor in topological order. */
  public List<int[]> pairs() {
    return pairs;
  }

  /** Whether the need in this slot of the graph's predecessors joins such a pair. */
  public boolean contains(int predecessorSlot) {
    return slots.get(predecessorSlot);
  }
}
