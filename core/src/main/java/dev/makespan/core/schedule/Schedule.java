package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;

/** When each task starts, from 0, in the graph's unit of time. */
public final class Schedule {

  private final long[] starts;
  private final long makespan;

  private Schedule(long[] starts, long makespan) {
    this.starts = starts;
    this.makespan = makespan;
  }

  static Schedule of(TaskGraph graph, long[] starts) {
    long makespan = 0;
    for (int v = 0; v < starts.length; v++) {
      makespan = Math.max(makespan, starts[v] + graph.duration(v));
    }
    return new Schedule(starts, makespan);
  }

  public long start(int task) {
    return starts[task];
  }

  public long makespan() {
    return makespan;
  }

  /** A copy, barriers included. */
  public long[] starts() {
    return starts.clone();
  }
}
