package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;

/**
 * Goes through time and starts whatever is ready and fits, the most urgent first. A task that does
 * not fit waits at the resource that it lacks and is looked at again when units of that are given
 * back, so a plan of 100,000 tasks takes O((tasks + needs) log tasks).
 */
final class ParallelGeneration {

  private static final int NOWHERE = -1;

  private final Project project;
  private final TaskGraph graph;
  private final int[] rank;
  private final int[] byRank;
  private final long[] starts;
  private final int[] waiting;
  private final int[] free;
  private final IntHeap[] parked;
  private final int[] parkedAt;
  private final IntHeap candidates = new IntHeap();
  private final EventHeap opening = new EventHeap();
  private final EventHeap finishing = new EventHeap();

  private ParallelGeneration(Project project, int[] rank) {
    this.project = project;
    this.graph = project.graph();
    this.rank = rank;
    this.byRank = Ranks.inverse(rank);
    this.starts = new long[graph.size()];
    this.waiting = new int[graph.size()];
    this.free = new int[project.resources().size()];
    this.parked = new IntHeap[free.length];
    this.parkedAt = new int[graph.size()];
    for (int r = 0; r < free.length; r++) {
      free[r] = project.resources().get(r).capacity();
      parked[r] = new IntHeap();
    }
  }

  /** {@code rank}: which of the tasks that are ready goes first. */
  static long[] starts(Project project, int[] rank) {
    return new ParallelGeneration(project, rank).run();
  }

  private long[] run() {
    for (int v = 0; v < waiting.length; v++) {
      parkedAt[v] = NOWHERE;
      waiting[v] = graph.predecessorsEnd(v) - graph.predecessorsBegin(v);
      if (waiting[v] == 0) {
        opening.push(0, v);
      }
    }
    long now = Math.min(opening.nextTime(), finishing.nextTime());
    while (now < Long.MAX_VALUE) {
      release(now);
      open(now);
      startAll(now);
      now = Math.min(opening.nextTime(), finishing.nextTime());
    }
    return starts;
  }

  private void release(long now) {
    while (finishing.nextTime() <= now) {
      int v = finishing.pop();
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        free[project.demandResource(slot)] += project.demandUnits(slot);
      }
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        unpark(project.demandResource(slot));
      }
    }
  }

  private void open(long now) {
    while (opening.nextTime() <= now) {
      candidates.push(rank[opening.pop()]);
    }
  }

  /** The next in line at a resource with something free becomes a candidate. */
  private void unpark(int resource) {
    if (free[resource] > 0 && !parked[resource].isEmpty()) {
      candidates.push(parked[resource].pop());
    }
  }

  private void startAll(long now) {
    IntHeap lacking = new IntHeap();
    while (!candidates.isEmpty()) {
      int v = byRank[candidates.pop()];
      int cameFrom = parkedAt[v];
      int lacks = lackingResource(v);
      parkedAt[v] = lacks;
      if (lacks == NOWHERE) {
        start(v, now);
      } else {
        lacking.push(rank[v]);
      }
      if (cameFrom != NOWHERE) {
        unpark(cameFrom);
      }
    }
    while (!lacking.isEmpty()) {
      int next = lacking.pop();
      parked[parkedAt[byRank[next]]].push(next);
    }
  }

  private int lackingResource(int v) {
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      if (free[project.demandResource(slot)] < project.demandUnits(slot)) {
        return project.demandResource(slot);
      }
    }
    return NOWHERE;
  }

  private void start(int v, long now) {
    starts[v] = now;
    for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
      free[project.demandResource(slot)] -= project.demandUnits(slot);
    }
    if (project.demandsBegin(v) < project.demandsEnd(v)) {
      finishing.push(now + graph.duration(v), v);
    }
    for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
      int w = graph.successor(slot);
      starts[w] = Math.max(starts[w], now + graph.successorLag(slot));
      if (--waiting[w] == 0) {
        openOrWait(w, now);
      }
    }
  }

  private void openOrWait(int w, long now) {
    if (starts[w] <= now) {
      candidates.push(rank[w]);
    } else {
      opening.push(starts[w], w);
    }
  }
}
