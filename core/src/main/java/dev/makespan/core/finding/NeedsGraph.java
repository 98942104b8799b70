package dev.makespan.core.finding;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.TaskId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Who waits for whom when some needs of a graph are others: walks go over the graph as it is, past
 * the needs that are gone, so that a change costs no second graph. O(tasks + needs) for each walk.
 */
final class NeedsGraph {

  private static final int NOBODY = -1;
  private static final int[] NONE = {};

  private final TaskGraph graph;

  /** Whose needs of tasks are not those of the graph any more. */
  private final int rewritten;

  /** From provider to consumers; needs beside the graph's. */
  private final Map<Integer, int[]> onWhole = new LinkedHashMap<>();

  private final Map<Integer, int[]> onMilestone = new LinkedHashMap<>();

  private NeedsGraph(TaskGraph graph, int rewritten) {
    this.graph = graph;
    this.rewritten = rewritten;
  }

  /** The needs of the graph. */
  static NeedsGraph of(TaskGraph graph) {
    return new NeedsGraph(graph, NOBODY);
  }

  /**
   * The needs of the graph but for one task, which has {@code needs}; a barrier before it stays.
   *
   * @param place the index of a task
   */
  static NeedsGraph with(
      TaskGraph graph, int consumer, List<Need> needs, ToIntFunction<TaskId> place) {
    NeedsGraph changed = new NeedsGraph(graph, consumer);
    for (Need need : needs) {
      Map<Integer, int[]> kind = need.milestone() == null ? changed.onWhole : changed.onMilestone;
      add(kind, place.applyAsInt(need.task()), consumer);
    }
    return changed;
  }

  /** The consumer waits for all of the provider, from now on. */
  void add(int provider, int consumer) {
    add(onWhole, provider, consumer);
  }

  private static void add(Map<Integer, int[]> needs, int provider, int consumer) {
    int[] known = needs.getOrDefault(provider, NONE);
    int[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = consumer;
    needs.put(provider, more);
  }

  /** All that starts only when {@code task} is finished: behind a whole need any way on will do. */
  BitSet finishedBefore(int task) {
    Walked walked = new Walked();
    for (int slot = graph.successorsBegin(task); slot < graph.successorsEnd(task); slot++) {
      if (graph.successorWaitsForFinish(slot) && isThere(task, graph.successor(slot))) {
        walked.open(graph.successor(slot));
      }
    }
    walked.open(onWhole.getOrDefault(task, NONE));
    return walked.all();
  }

  /** The task and all that starts no earlier. */
  BitSet startedAfter(int task) {
    Walked walked = new Walked();
    walked.open(task);
    return walked.all();
  }

  private boolean isThere(int provider, int consumer) {
    return consumer != rewritten || provider >= graph.tasks();
  }

  /** What a walk has seen, and from where it goes on. */
  private final class Walked {
    private final BitSet seen = new BitSet(graph.size());
    private int[] open = new int[64];
    private int size;

    void open(int v) {
      if (!seen.get(v)) {
        seen.set(v);
        if (size == open.length) {
          open = Arrays.copyOf(open, size * 2);
        }
        open[size++] = v;
      }
    }

    void open(int[] several) {
      for (int v : several) {
        open(v);
      }
    }

    BitSet all() {
      while (size > 0) {
        int v = open[--size];
        for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
          if (isThere(v, graph.successor(slot))) {
            open(graph.successor(slot));
          }
        }
        open(onWhole.getOrDefault(v, NONE));
        open(onMilestone.getOrDefault(v, NONE));
      }
      return seen;
    }
  }
}
