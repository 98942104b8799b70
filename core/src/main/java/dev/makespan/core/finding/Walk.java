package dev.makespan.core.finding;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Walks along the needs from one task, O(tasks + needs) each. */
final class Walk {

  private Walk() {}

  /** The task and the tasks that wait for it, at most {@code limit}; barriers are left out. */
  static List<Integer> forwards(TaskGraph graph, int from, int limit) {
    BitSet seen = new BitSet();
    Deque<Integer> open = opened(from, seen);
    List<Integer> found = new ArrayList<>();
    while (!open.isEmpty() && found.size() < limit) {
      int v = open.remove();
      addTask(graph, v, found);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        open(graph.successor(slot), seen, open);
      }
    }
    return found;
  }

  /** The task and the tasks that it waits for, at most {@code limit}; barriers are left out. */
  static List<Integer> backwards(TaskGraph graph, int from, int limit) {
    BitSet seen = new BitSet();
    Deque<Integer> open = opened(from, seen);
    List<Integer> found = new ArrayList<>();
    while (!open.isEmpty() && found.size() < limit) {
      int v = open.remove();
      addTask(graph, v, found);
      for (int slot = graph.predecessorsBegin(v); slot < graph.predecessorsEnd(v); slot++) {
        open(graph.predecessor(slot), seen, open);
      }
    }
    return found;
  }

  /**
   * All that starts only when {@code task} is finished: behind a whole need any way on will do.
   *
   * @param added whole needs beside the graph's, from provider to consumers
   */
  static BitSet finishedBefore(TaskGraph graph, int task, Map<Integer, List<Integer>> added) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    for (int slot = graph.successorsBegin(task); slot < graph.successorsEnd(task); slot++) {
      if (graph.successorWaitsForFinish(slot)) {
        open(graph.successor(slot), seen, open);
      }
    }
    added.getOrDefault(task, List.of()).forEach(w -> open(w, seen, open));
    return all(graph, seen, open, added);
  }

  /** The task and all that starts no earlier. */
  static BitSet startedAfter(TaskGraph graph, int task, Map<Integer, List<Integer>> added) {
    BitSet seen = new BitSet();
    return all(graph, seen, opened(task, seen), added);
  }

  private static BitSet all(
      TaskGraph graph, BitSet seen, Deque<Integer> open, Map<Integer, List<Integer>> added) {
    while (!open.isEmpty()) {
      int v = open.remove();
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        open(graph.successor(slot), seen, open);
      }
      added.getOrDefault(v, List.of()).forEach(w -> open(w, seen, open));
    }
    return seen;
  }

  private static Deque<Integer> opened(int from, BitSet seen) {
    Deque<Integer> open = new ArrayDeque<>();
    open(from, seen, open);
    return open;
  }

  private static void open(int v, BitSet seen, Deque<Integer> open) {
    if (!seen.get(v)) {
      seen.set(v);
      open.add(v);
    }
  }

  private static void addTask(TaskGraph graph, int v, List<Integer> found) {
    if (v < graph.tasks()) {
      found.add(v);
    }
  }
}
