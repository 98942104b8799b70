package dev.makespan.core.schedule;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a short schedule: a priority rule with justification, then bounds, then a genetic
 * search until the bound is met, the schedules are used up or the caller says that it is over. A
 * longer search begins with all that a shorter one does; of what it finds, urgent tasks are placed
 * earlier in the end. On the way, at fixed numbers of schedules, small projects are tried to be
 * proved.
 */
public final class Solver {

  /** Up to so many tasks and barriers are searched. */
  static final int MAX_SEARCHED = 2_000;

  /** Up to so many get the best of all rules, justified; more get one rule. */
  static final int MAX_JUSTIFIED = 10_000;

  /** What a justified schedule takes. */
  private static final int JUSTIFICATION = 2;

  /** A proof begins after so many schedules and goes on whenever they have doubled. */
  private static final long FIRST_PROOF = 500;

  /** It gets so many steps at first, and one for each schedule: about a third of the time. */
  private static final long FIRST_PROOF_STEPS = 20_000;

  private final Project project;
  private final Search search;
  private final SearchWatch watch;
  private final Executor executor;
  private final Justification justification;
  private LowerBound bound;
  private long[] best = new long[0];
  private long bestMakespan = Long.MAX_VALUE;
  private long generated;
  private long proofSteps;
  private long nextProof;
  private @Nullable ExactSearch exact;

  private Solver(Project project, Search search, SearchWatch watch, Executor executor) {
    this.executor = executor;
    this.project = project;
    this.bound = LowerBound.of(project);
    this.search = search;
    this.watch = watch;
    this.justification = new Justification(project);
    boolean canProve = search.proofSteps() > 0 && ExactSearch.canProve(project);
    this.nextProof = canProve ? FIRST_PROOF : Long.MAX_VALUE;
  }

  /** The same project and search give the same solution. */
  public static Solution solve(Project project, Search search) {
    return solve(project, search, SearchWatch.NONE);
  }

  /**
   * Ends early when {@code watch} says so, with the best schedule so far. The same seed and islands
   * with the number of schedules that the solution tells of find the same schedule again, or one as
   * good when the end came within a proof.
   */
  public static Solution solve(Project project, Search search, SearchWatch watch) {
    return solve(project, search, watch, Runnable::run);
  }

  /** As {@link #solve(Project, Search, SearchWatch)}; {@code executor} runs the islands. */
  public static Solution solve(
      Project project, Search search, SearchWatch watch, Executor executor) {
    return new Solver(project, search, watch, executor).solve();
  }

  private Solution solve() {
    int[] rank = PriorityRule.LATEST_FINISH.ranks(project.graph());
    if (project.size() > MAX_SEARCHED) {
      offer(ParallelGeneration.starts(project, rank));
      tryRules();
    } else if (project.size() > 0) {
      tryRule(rank);
      improveBound();
      searchOn();
    }
    if (project.hasClasses() && project.size() <= MAX_SEARCHED) {
      best = new UrgentFirst(project).improve(best);
    }
    return soFar();
  }

  /** What a plan too large to be searched gets. */
  private void tryRules() {
    if (project.size() > MAX_JUSTIFIED) {
      return;
    }
    justify(best);
    for (PriorityRule rule : PriorityRule.values()) {
      if (rule != PriorityRule.LATEST_FINISH && affords(1)) {
        long[] starts = ParallelGeneration.starts(project, rule.ranks(project.graph()));
        offer(starts);
        justify(starts);
      }
    }
  }

  private Solution soFar() {
    return new Solution(Schedule.of(project.graph(), best), bound, generated, proofSteps);
  }

  private boolean isDone() {
    return bestMakespan <= bound.value() || generated >= search.schedules() || watch.isOver();
  }

  private boolean affords(int schedules) {
    return !isDone() && generated + schedules <= search.schedules();
  }

  private void justify(long[] starts) {
    if (affords(JUSTIFICATION)) {
      offer(justification.improve(starts));
      generated++;
    }
  }

  private void tryRule(int[] rank) {
    offer(SerialGeneration.starts(project, rank));
    justify(best);
    if (affords(1)) {
      long[] parallel = ParallelGeneration.starts(project, rank);
      offer(parallel);
      justify(parallel);
    }
  }

  /** In a short search of a large plan the bound would take longer than the search. */
  private void improveBound() {
    if (bestMakespan > bound.value() && search.schedules() >= project.size()) {
      bound = LowerBound.destructive(project, bound, bestMakespan);
    }
  }

  private void prove() {
    nextProof *= 2;
    if (bestMakespan <= bound.value() || watch.isOver()) {
      return;
    }
    if (exact == null) {
      exact = new ExactSearch(project, best, bound.value(), watch);
    }
    exact.know(best);
    exact.run(Math.min(search.proofSteps(), FIRST_PROOF_STEPS + generated));
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
      GeneticSearch.Watch decoding = new Decoding(grid);
      if (search.islands() > 1) {
        new Islands(grid, search, known, executor).run(search.schedules() - generated, decoding);
      } else {
        new GeneticSearch(grid, search.seed(), known, decoding).run();
      }
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
      while (generated >= nextProof) {
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
