package dev.makespan.core.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Genetic searches that run apart for a fixed number of schedules and then learn from their
 * neighbour. Whoever runs them, and in which order, changes nothing of what they find.
 */
final class Islands {

  /** Placed tasks of one island in one round: some milliseconds of work. */
  private static final int PLACED_PER_ROUND = 30_000;

  /** Rounds from one exchange to the next. */
  private static final int ROUNDS_APART = 20;

  private final List<Island> islands = new ArrayList<>();
  private final Executor executor;
  private final long schedulesPerRound;
  private long rounds;

  Islands(Grid grid, Search search, int known, Executor executor) {
    this.executor = executor;
    this.schedulesPerRound = Math.max(1, PLACED_PER_ROUND / grid.size);
    RandomStream seeds = new RandomStream(search.seed());
    for (int i = 0; i < search.islands(); i++) {
      islands.add(new Island(grid, seeds.nextLong(), known));
    }
  }

  /** Tells {@code watch} of each round when all islands are through with it. */
  void run(long most, GeneticSearch.Watch watch) {
    for (long left = most; left > 0 && !watch.isOver(); ) {
      long begun = 0;
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (Island island : islands) {
        island.quota = Math.min(schedulesPerRound, left - begun);
        begun += island.quota;
        running.add(CompletableFuture.runAsync(island::run, executor));
      }
      running.forEach(CompletableFuture::join);
      for (long told = 0; told < begun; told++) {
        watch.generated();
      }
      islands.forEach(island -> island.tell(watch));
      left -= begun;
      exchange();
    }
  }

  /** Each from the one before it, in a ring. */
  private void exchange() {
    if (++rounds % ROUNDS_APART == 0 && islands.size() > 1) {
      for (int i = 0; i < islands.size(); i++) {
        Island before = islands.get((i + islands.size() - 1) % islands.size());
        islands.get(i).search.learnFrom(before.search);
      }
    }
  }

  /** Touched by one thread at a time: the joins order them. */
  private static final class Island implements GeneticSearch.Watch {
    private final GeneticSearch search;
    private long quota;
    private int[] found = new int[0];

    Island(Grid grid, long seed, int known) {
      this.search = new GeneticSearch(grid, seed, known, this);
    }

    void run() {
      search.run();
    }

    void tell(GeneticSearch.Watch watch) {
      if (found.length > 0) {
        watch.found(found);
        found = new int[0];
      }
    }

    @Override
    public void generated() {
      quota--;
    }

    @Override
    public void found(int[] starts) {
      found = starts;
    }

    @Override
    public boolean isOver() {
      return quota <= 0;
    }
  }
}
