package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Longest paths through a schedule's order of tasks, with durations drawn anew each time. */
final class SampledPaths {

  private static final int MODES = 64;
  private static final int NONE = -1;

  private final TaskGraph graph;
  private final List<Estimate> estimates;
  private final Draws draws;
  private final PertQuantiles[] quantiles;
  private final long[] drawn;
  private final long[] starts;
  private final int[] binding;
  private final int[] critical;

  SampledPaths(Project project, Schedule schedule, List<Estimate> estimates, Draws draws) {
    this.graph = ordered(project, schedule);
    this.estimates = estimates;
    this.draws = draws;
    this.quantiles = quantiles(estimates);
    this.drawn = new long[graph.size()];
    this.starts = new long[graph.size()];
    this.binding = new int[graph.size()];
    this.critical = new int[graph.size()];
  }

  private static TaskGraph ordered(Project project, Schedule schedule) {
    TaskGraph graph = project.graph();
    List<long[]> edges = new ArrayList<>();
    for (int v = 0; v < graph.size(); v++) {
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        boolean whole = graph.successorWaitsForFinish(slot);
        long lag = whole ? TaskGraph.FINISH_TO_START : graph.successorLag(slot);
        edges.add(new long[] {v, graph.successor(slot), lag});
      }
    }
    for (int[] edge : ResourceOrder.edges(project, schedule)) {
      edges.add(new long[] {edge[0], edge[1], TaskGraph.FINISH_TO_START});
    }
    long[] durations = new long[graph.size()];
    Arrays.setAll(durations, graph::duration);
    return TaskGraph.of(
        durations,
        edges.stream().mapToInt(edge -> (int) edge[0]).toArray(),
        edges.stream().mapToInt(edge -> (int) edge[1]).toArray(),
        edges.stream().mapToLong(edge -> edge[2]).toArray());
  }

  private static PertQuantiles[] quantiles(List<Estimate> estimates) {
    Map<Integer, PertQuantiles> byMode = new TreeMap<>();
    PertQuantiles[] quantiles = new PertQuantiles[estimates.size()];
    for (int v = 0; v < quantiles.length; v++) {
      Estimate estimate = estimates.get(v);
      double spread = millis(estimate.pessimistic()) - millis(estimate.optimistic());
      double mode = millis(estimate.likely()) - millis(estimate.optimistic());
      int rounded = spread == 0 ? 0 : (int) Math.round(mode / spread * MODES);
      quantiles[v] = byMode.computeIfAbsent(rounded, m -> new PertQuantiles((double) m / MODES));
    }
    return quantiles;
  }

  private static double millis(Duration duration) {
    return (double) duration.toMillis();
  }

  /** When everything is done in sample {@code s}. */
  long sample(int s) {
    draw(s);
    Arrays.fill(starts, 0);
    Arrays.fill(binding, NONE);
    long finish = 0;
    int last = NONE;
    for (int i = 0; i < starts.length; i++) {
      int v = graph.inOrder(i);
      if (last == NONE || starts[v] + drawn[v] > finish) {
        finish = starts[v] + drawn[v];
        last = v;
      }
      follow(v);
    }
    for (int v = last; v != NONE; v = binding[v]) {
      critical[v]++;
    }
    return finish;
  }

  private void draw(int s) {
    draws.begin(s);
    for (int v = 0; v < estimates.size(); v++) {
      Estimate estimate = estimates.get(v);
      long least = estimate.optimistic().toMillis();
      long spread = estimate.pessimistic().toMillis() - least;
      double chance = draws.chance(v, s);
      drawn[v] = least + (spread == 0 ? 0 : Math.round(spread * quantiles[v].at(chance)));
    }
  }

  private void follow(int v) {
    for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
      long lag = drawn[v];
      if (!graph.successorWaitsForFinish(slot) && graph.duration(v) > 0) {
        lag = Math.round((double) graph.successorLag(slot) * drawn[v] / graph.duration(v));
      }
      int w = graph.successor(slot);
      if (starts[v] + lag > starts[w] || binding[w] == NONE) {
        starts[w] = Math.max(starts[w], starts[v] + lag);
        binding[w] = v;
      }
    }
  }

  /** The durations of the last sample, tasks first; not a copy. */
  long[] drawn() {
    return drawn;
  }

  /** The share of {@code samples} in which task {@code v} was on the longest path. */
  double criticality(int v, int samples) {
    return (double) critical[v] / samples;
  }
}
