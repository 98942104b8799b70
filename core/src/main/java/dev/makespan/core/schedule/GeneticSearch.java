package dev.makespan.core.schedule;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A genetic search with two populations (Debels and Vanhoucke 2005): one is pushed to the left, one
 * to the right, and the children of each live in the other, so that every child is justified by the
 * very decoding that makes it. A child takes its father's order within a window of time and its
 * mother's outside, and replaces the schedule in its own place when it is not longer; so the
 * populations stay diverse. Deterministic by seed and number of schedules.
 */
final class GeneticSearch {

  /** Who has asked for the search. */
  interface Watch {

    /** One more schedule was generated. */
    void generated();

    /** It is shorter than all before: starts in slots of the grid. */
    void found(int[] starts);

    boolean isOver();
  }

  private static final int MIN_POPULATION = 20;
  private static final int MAX_POPULATION = 600;
  private static final double POPULATION_PER_ROOT = 0.72;
  private static final double PARALLEL_SHARE = 0.2;
  private static final double SHORTEST_WINDOW = 0.25;
  private static final double LONGEST_WINDOW = 0.75;
  private static final double SEED_NOISE = 0.5;
  private static final double KEPT_SHARE = 0.1;
  private static final int PATIENCE = 15;
  private static final int RIVALS = 3;

  private final Grid grid;
  private final Grid.Axis[] axes;
  private final Decoder decoder;
  private final RandomStream random;
  private final Watch watch;
  private final Population[] populations;
  private final int[] latestFinish;
  private final int length;
  private final int[] keys;
  private final int[] child;
  private int best;
  private int stagnant;

  /**
   * A search that has not begun.
   *
   * @param planned about how many schedules it will generate: how large its populations are
   * @param known a makespan in slots; only shorter ones are told of
   */
  GeneticSearch(Grid grid, long seed, long planned, int known, Watch watch) {
    this.grid = grid;
    this.axes = new Grid.Axis[] {grid.forward, grid.backward};
    this.decoder = new Decoder(grid);
    this.random = new RandomStream(seed);
    this.watch = watch;
    this.best = known;
    int wanted = (int) Math.min(MAX_POPULATION, Math.sqrt((double) planned) * POPULATION_PER_ROOT);
    int size = Math.max(MIN_POPULATION, wanted);
    this.populations =
        new Population[] {
          new Population(size, grid.durations), new Population(size, grid.durations)
        };
    this.keys = new int[grid.size];
    this.child = new int[grid.size];
    this.latestFinish = new int[grid.size];
    this.length = fillLatestFinishes();
  }

  void run() {
    for (int i = 0; i < populations[0].size() && !watch.isOver(); i++) {
      sow(i, i == 0 ? 0 : noise());
    }
    for (int from = 0; !watch.isOver(); from = 1 - from) {
      int before = best;
      for (int i = 0; i < populations[0].size() && !watch.isOver(); i++) {
        breed(from, i);
      }
      stagnant = best < before ? 0 : stagnant + 1;
      if (stagnant >= PATIENCE) {
        stagnant = 0;
        resow();
      }
    }
  }

  private int noise() {
    return 1 + (int) (length * SEED_NOISE);
  }

  private int fillLatestFinishes() {
    int longest = 0;
    int[] tails = new int[grid.size];
    for (int i = grid.size - 1; i >= 0; i--) {
      int v = grid.forward.order[i];
      tails[v] = grid.durations[v];
      for (int e = grid.forward.successorStart[v]; e < grid.forward.successorStart[v + 1]; e++) {
        int behind = grid.forward.successorLag[e] + tails[grid.forward.successor[e]];
        tails[v] = Math.max(tails[v], behind);
      }
      longest = Math.max(longest, tails[v]);
    }
    for (int v = 0; v < grid.size; v++) {
      latestFinish[v] = longest - tails[v] + grid.durations[v];
    }
    return longest;
  }

  /** A new schedule in both populations' place {@code i}: latest finishes with noise. */
  private void sow(int i, int noise) {
    for (int v = 0; v < keys.length; v++) {
      keys[v] = latestFinish[v] + (noise > 0 ? random.nextInt(noise) : 0);
    }
    int makespan = decode(0, length + noise + 1, random.nextDouble() < PARALLEL_SHARE);
    populations[0].set(i, child, makespan);
    justify(0, i);
    justify(1, i);
  }

  /** Pushes schedule {@code i} to the other side, into the other population. */
  private void justify(int from, int i) {
    for (int v = 0; v < keys.length; v++) {
      keys[v] = populations[from].mirrored(i, v);
    }
    int makespan = decode(1 - from, populations[from].makespan(i) + 1, false);
    populations[1 - from].set(i, child, makespan);
  }

  /** Sows all but the best anew. */
  private void resow() {
    List<Integer> byMakespan =
        IntStream.range(0, populations[0].size())
            .boxed()
            .sorted(
                Comparator.comparingInt(
                    i -> Math.min(populations[0].makespan(i), populations[1].makespan(i))))
            .toList();
    int kept = (int) (byMakespan.size() * KEPT_SHARE);
    for (int k = kept; k < byMakespan.size() && !watch.isOver(); k++) {
      sow(byMakespan.get(k), noise());
    }
  }

  private void breed(int from, int i) {
    Population parents = populations[from];
    int range = cross(parents, i, tournament(parents));
    int makespan = decode(1 - from, range, random.nextDouble() < PARALLEL_SHARE);
    if (makespan <= populations[1 - from].makespan(i)) {
      populations[1 - from].set(i, child, makespan);
    }
  }

  private int tournament(Population parents) {
    int winner = random.nextInt(parents.size());
    for (int k = 1; k < RIVALS; k++) {
      int rival = random.nextInt(parents.size());
      winner = parents.makespan(rival) < parents.makespan(winner) ? rival : winner;
    }
    return winner;
  }

  /** Keys of three ranges: mother's before the window, father's within, mother's behind. */
  private int cross(Population parents, int father, int mother) {
    int span = parents.makespan(father);
    double share = SHORTEST_WINDOW + (LONGEST_WINDOW - SHORTEST_WINDOW) * random.nextDouble();
    int window = Math.max(1, (int) (span * share));
    int begin = random.nextInt(Math.max(1, span - window + 1));
    int end = begin + window;
    int middle = (begin + end) >>> 1;
    int range = Math.max(span, parents.makespan(mother)) + 1;
    for (int v = 0; v < keys.length; v++) {
      int fathers = parents.mirrored(father, v);
      if (fathers >= begin && fathers < end) {
        keys[v] = range + fathers;
      } else {
        int mothers = parents.mirrored(mother, v);
        keys[v] = mothers < middle ? mothers : 2 * range + mothers;
      }
    }
    return 3 * range;
  }

  private int decode(int axis, int range, boolean parallel) {
    watch.generated();
    int makespan =
        parallel
            ? decoder.parallel(axes[axis], keys, range, child)
            : decoder.serial(axes[axis], keys, range, child);
    if (makespan < best) {
      best = makespan;
      watch.found(axis == 0 ? child.clone() : mirrored(makespan));
    }
    return makespan;
  }

  private int[] mirrored(int makespan) {
    int[] starts = new int[child.length];
    for (int v = 0; v < starts.length; v++) {
      starts[v] = makespan - child[v] - grid.durations[v];
    }
    return starts;
  }
}
