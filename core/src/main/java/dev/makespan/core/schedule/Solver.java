package dev.makespan.core.schedule;

import org.jspecify.annotations.Nullable;

/**
 * Looks for a short schedule: a priority rule with justification, then bounds, then a genetic
 * search until the bound is met, the schedules are used up or the caller says that it is over. On
 * the way small projects are tried to be proved.
 */
public final class Solver {

  /** Up to so many tasks and barriers are searched; more get the best of two rules. */
  static final int MAX_SEARCHED = 2_000;

  /** A proof begins after so many schedules, or half of them: it needs a good one to beat. */
  private static final int SCHEDULES_BEFORE_PROOF = 1_000;

  /** Then it gets so many steps at once, and one more for each schedule: a third of the time. */
  private static final long FIRST_PROOF_STEPS = 20_000;

  private final Project project;
  private final Search search;
  private final SearchWatch watch;
  private final Justification justification;
  private LowerBound bound;
  private long[] best = new long[0];
  private long bestMakespan = Long.MAX_VALUE;
  private long generated;
  private long proofSteps;
  private long proofAfter;
  private @Nullable ExactSearch exact;

  private Solver(Project project, Search search, SearchWatch watch) {
    this.project = project;
    this.bound = LowerBound.of(project);
    this.search = search;
    this.watch = watch;
    this.justification = new Justification(project);
    this.proofAfter =
        search.proofSteps() > 0 && ExactSearch.canProve(project)
            ? Math.min(search.schedules() / 2, SCHEDULES_BEFORE_PROOF)
            : Long.MAX_VALUE;
  }

  /** The same project and search give the same solution. */
  public static Solution solve(Project project, Search search) {
    return new Solver(project, search, SearchWatch.NONE).solve();
  }

  /**
   * Ends early when {@code watch} says so, with the best schedule so far. The same search with the
   * number of schedules that the solution tells of may find another, since that number also sets
   * the size of the populations.
   */
  public static Solution solve(Project project, Search search, SearchWatch watch) {
    return new Solver(project, search, watch).solve();
  }

  private Solution solve() {
    int[] rank = PriorityRule.LATEST_FINISH.ranks(project.graph());
    if (project.size() > MAX_SEARCHED) {
      offer(ParallelGeneration.starts(project, rank));
    } else if (project.size() > 0) {
      tryRule(rank);
      improveBound();
      searchOn();
      if (proofAfter < Long.MAX_VALUE) {
        prove();
      }
    }
    return soFar();
  }

  private Solution soFar() {
    return new Solution(Schedule.of(project.graph(), best), bound, generated, proofSteps);
  }

  private boolean isDone() {
    return bestMakespan <= bound.value() || generated >= search.schedules() || watch.isOver();
  }

  private void tryRule(int[] rank) {
    offer(SerialGeneration.starts(project, rank));
    if (!isDone()) {
      offer(justification.improve(best));
      generated++;
    }
    if (!isDone()) {
      long[] parallel = ParallelGeneration.starts(project, rank);
      offer(parallel);
      offer(justification.improve(parallel));
      generated++;
    }
  }

  /** In a short search of a large plan the bound would take longer than the search. */
  private void improveBound() {
    if (bestMakespan > bound.value() && search.schedules() >= project.size()) {
      bound = LowerBound.destructive(project, bound, bestMakespan);
    }
  }

  /** Goes on with the proof, which gets steps as schedules are generated. */
  private void prove() {
    long earned = Math.min(search.proofSteps(), FIRST_PROOF_STEPS + generated);
    proofAfter = Math.max(proofAfter, generated) * 2;
    if (bestMakespan <= bound.value() || earned <= proofSteps || watch.isOver()) {
      return;
    }
    if (exact == null) {
      exact = new ExactSearch(project, best, bound.value(), watch);
    }
    exact.know(best);
    exact.run(earned);
    proofSteps = exact.steps();
    if (exact.bound() > bound.value()) {
      bound = LowerBound.searched(exact.bound());
    }
    take(exact.best());
  }

  private void searchOn() {
    if (isDone()) {
      return;
    }
    Grid grid = new Grid(project);
    if (grid.words <= Grid.MAX_WORDS) {
      int known = grid.exact ? (int) (bestMakespan / grid.unit) : Integer.MAX_VALUE;
      new GeneticSearch(grid, search.seed(), search.schedules(), known, new Decoding(grid)).run();
    }
  }

  /** Decodes what the search finds on its grid again, exactly. */
  private final class Decoding implements GeneticSearch.Watch {
    private final Grid grid;

    Decoding(Grid grid) {
      this.grid = grid;
    }

    @Override
    public void generated() {
      generated++;
      if (generated >= proofAfter) {
        prove();
      }
    }

    @Override
    public void found(int[] starts) {
      long[] keys = new long[starts.length];
      for (int v = 0; v < keys.length; v++) {
        keys[v] = starts[v];
      }
      long[] exactly = SerialGeneration.starts(project, Ranks.of(keys));
      offer(grid.exact ? exactly : justification.improve(exactly));
    }

    @Override
    public boolean isOver() {
      return isDone();
    }
  }

  private void offer(long[] starts) {
    generated++;
    take(starts);
  }

  private void take(long[] starts) {
    long makespan = Schedule.of(project.graph(), starts).makespan();
    if (makespan < bestMakespan) {
      bestMakespan = makespan;
      best = starts;
      watch.improved(soFar());
    }
  }
}
