package dev.makespan.core.finding;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Walks along the needs from one task, the nearest first, as far as a limit. */
final class Walk {

  private final TaskGraph graph;
  private final BitSet seen = new BitSet();
  private int[] open = new int[64];
  private int end;

  private Walk(TaskGraph graph) {
    this.graph = graph;
  }

  /** The task and the tasks that wait for it, at most {@code limit}; barriers are left out. */
  static List<Integer> forwards(TaskGraph graph, int from, int limit) {
    return new Walk(graph).walk(from, limit, true);
  }

  /** The task and the tasks that it waits for, at most {@code limit}; barriers are left out. */
  static List<Integer> backwards(TaskGraph graph, int from, int limit) {
    return new Walk(graph).walk(from, limit, false);
  }

  private List<Integer> walk(int from, int limit, boolean forwards) {
    List<Integer> found = new ArrayList<>();
    open(from);
    for (int i = 0; i < end && found.size() < limit; i++) {
      int v = open[i];
      if (v < graph.tasks()) {
        found.add(v);
      }
      if (forwards) {
        openSuccessors(v);
      } else {
        openPredecessors(v);
      }
    }
    return found;
  }

  private void openSuccessors(int v) {
    for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
      open(graph.successor(slot));
    }
  }

  private void openPredecessors(int v) {
    for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
      open(graph.predecessor(slot));
    }
  }

  private void open(int v) {
    if (!seen.get(v)) {
      seen.set(v);
      if (end == open.length) {
        open = Arrays.copyOf(open, end * 2);
      }
      open[end++] = v;
    }
  }
}
