package dev.makespan.core.schedule;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.TaskGraph;

/** Looks for a short schedule: priority rules first, then a search, until the bound is met. */
public final class Solver {

  /** Up to so many tasks and barriers are searched; more get the best of the priority rules. */
  static final int MAX_SEARCHED = 2_000;

  private final Project project;
  private final LowerBound bound;
  private final Search search;
  private long[] best = new long[0];
  private long bestMakespan = Long.MAX_VALUE;
  private long generated;

  private Solver(Project project, Search search) {
    this.project = project;
    this.bound = LowerBound.of(project);
    this.search = search;
  }

  public static Solution solve(Project project, Search search) {
    return new Solver(project, search).solve();
  }

  private Solution solve() {
    if (project.size() > MAX_SEARCHED) {
      offer(ParallelGeneration.starts(project, PriorityRule.LATEST_FINISH.ranks(project.graph())));
    } else {
      Justification justification = new Justification(project);
      tryRules(justification);
      sample(justification);
    }
    return new Solution(Schedule.of(project.graph(), best), bound, generated);
  }

  private boolean isDone() {
    return bestMakespan == bound.value() || generated >= search.schedules();
  }

  private void tryRules(Justification justification) {
    for (PriorityRule rule : PriorityRule.values()) {
      int[] rank = rule.ranks(project.graph());
      tryOne(rank, true, justification);
      tryOne(rank, false, justification);
    }
  }

  private void tryOne(int[] rank, boolean parallel, Justification justification) {
    if (isDone()) {
      return;
    }
    long[] starts =
        parallel
            ? ParallelGeneration.starts(project, rank)
            : SerialGeneration.starts(project, rank);
    offer(starts);
    if (!isDone()) {
      offer(justification.improve(starts));
      generated++;
    }
  }

  /** Latest finishes with noise. */
  private void sample(Justification justification) {
    TaskGraph graph = project.graph();
    RandomStream random = new RandomStream(search.seed());
    long[] tails = LongestPaths.tails(graph);
    long length = Math.max(1, LongestPaths.length(tails));
    while (!isDone()) {
      long[] keys = new long[graph.size()];
      for (int v = 0; v < keys.length; v++) {
        keys[v] = graph.duration(v) - tails[v] + (long) (random.nextDouble() * length / 2);
      }
      tryOne(Ranks.of(keys), random.nextInt(4) == 0, justification);
    }
  }

  private void offer(long[] starts) {
    generated++;
    long makespan = Schedule.of(project.graph(), starts).makespan();
    if (makespan < bestMakespan) {
      bestMakespan = makespan;
      best = starts;
    }
  }
}
