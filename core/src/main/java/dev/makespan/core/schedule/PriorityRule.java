package dev.makespan.core.schedule;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;

/** Who goes first when not all that are ready can start. */
enum PriorityRule {
  LATEST_FINISH {
    @Override
    long key(TaskGraph graph, long[] heads, long[] tails, int v) {
      return graph.duration(v) - tails[v];
    }
  },
  LATEST_START {
    @Override
    long key(TaskGraph graph, long[] heads, long[] tails, int v) {
      return -tails[v];
    }
  },
  LEAST_SLACK {
    @Override
    long key(TaskGraph graph, long[] heads, long[] tails, int v) {
      return -heads[v] - tails[v];
    }
  },
  LONGEST_WITH_SUCCESSORS {
    @Override
    long key(TaskGraph graph, long[] heads, long[] tails, int v) {
      long weight = graph.duration(v);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        weight += graph.duration(graph.successor(slot));
      }
      return -weight;
    }
  },
  EARLIEST_START {
    @Override
    long key(TaskGraph graph, long[] heads, long[] tails, int v) {
      return heads[v];
    }
  };

  /** The smallest goes first. */
  abstract long key(TaskGraph graph, long[] heads, long[] tails, int v);

  /** Each task's place under this rule; ties go by the plan's order. */
  int[] ranks(TaskGraph graph) {
    long[] heads = LongestPaths.heads(graph);
    long[] tails = LongestPaths.tails(graph);
    long[] keys = new long[graph.size()];
    for (int v = 0; v < keys.length; v++) {
      keys[v] = key(graph, heads, tails, v);
    }
    return Ranks.of(keys);
  }
}
