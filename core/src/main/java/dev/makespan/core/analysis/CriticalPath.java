package dev.makespan.core.analysis;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;
import java.util.Arrays;

/** Earliest and latest times by needs alone, whatever the agents and files. */
public final class CriticalPath {

  private final TaskGraph graph;
  private final long[] heads;
  private final long[] tails;
  private final long length;

  private CriticalPath(TaskGraph graph, long[] heads, long[] tails) {
    this.graph = graph;
    this.heads = heads;
    this.tails = tails;
    this.length = LongestPaths.length(tails);
  }

  public static CriticalPath of(TaskGraph graph) {
    return new CriticalPath(graph, LongestPaths.heads(graph), LongestPaths.tails(graph));
  }

  public long length() {
    return length;
  }

  public long earliestStart(int task) {
    return heads[task];
  }

  public long latestStart(int task) {
    return length - tails[task];
  }

  public long earliestFinish(int task) {
    return heads[task] + graph.duration(task);
  }

  public long latestFinish(int task) {
    return latestStart(task) + graph.duration(task);
  }

  /** How far the task may slip without moving the finish. */
  public long totalSlack(int task) {
    return latestStart(task) - heads[task];
  }

  /** How far the task may slip without moving any other task. */
  public long freeSlack(int task) {
    long free = length - earliestFinish(task);
    for (int slot = graph.successorsBegin(task); slot < graph.successorsEnd(task); slot++) {
      long start = heads[graph.successor(slot)];
      free = Math.min(free, start - graph.successorLag(slot) - heads[task]);
    }
    return free;
  }

  public boolean isCritical(int task) {
    return totalSlack(task) == 0;
  }

  /** All critical tasks in topological order. */
  public int[] criticalTasks() {
    int[] critical = new int[graph.tasks()];
    int count = 0;
    for (int i = 0; i < graph.size(); i++) {
      int v = graph.inOrder(i);
      if (v < graph.tasks() && isCritical(v)) {
        critical[count++] = v;
      }
    }
    return Arrays.copyOf(critical, count);
  }

  /** One longest chain of tasks, from its first to its last; barriers on it are left out. */
  public int[] path() {
    int[] path = new int[graph.size()];
    int count = 0;
    int v = firstOnPath();
    while (v >= 0) {
      if (v < graph.tasks()) {
        path[count++] = v;
      }
      v = nextOnPath(v);
    }
    return Arrays.copyOf(path, count);
  }

  private int firstOnPath() {
    for (int v = 0; v < graph.size(); v++) {
      if (heads[v] == 0 && tails[v] == length && (v < graph.tasks() || length > 0)) {
        return v;
      }
    }
    return -1;
  }

  private int nextOnPath(int v) {
    for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
      int w = graph.successor(slot);
      if (graph.successorLag(slot) + tails[w] == tails[v]) {
        return w;
      }
    }
    return -1;
  }
}
