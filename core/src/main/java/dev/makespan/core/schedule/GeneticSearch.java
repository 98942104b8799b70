package dev.makespan.core.schedule;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A genetic search with two populations (Debels and Vanhoucke 2005): one is pushed to the left, one
 * to the right, and the children of each live in the other, so that every child is justified by the
 * very decoding that makes it. A child takes its father's order within a window of time and its
 * mother's outside, and replaces the schedule in its own place when it is not longer and no other
 * is the same; so the populations stay diverse. They grow with the schedules generated so far, not
 * with those still to come: a longer search begins with what a shorter one did. Deterministic by
 * seed and number of schedules.
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

  private static final int[] SIZES = {22, 50, 130, 400, 1_280};

  /** Schedules after which populations have these sizes. */
  private static final int[] SIZE_FROM = {0, 1_000, 5_000, 100_000, 640_000};

  /** Phases whose schedules are not kept by the next: so few are soon all kin. */
  private static final int PHASES_LEFT_BEHIND = 2;

  private static final double PARALLEL_SHARE = 0.2;
  private static final double SHORTEST_WINDOW = 0.25;
  private static final double LONGEST_WINDOW = 0.75;
  private static final double SEED_NOISE = 0.5;
  private static final double KEPT_SHARE = 0.1;
  private static final int PATIENCE = 100;
  private static final int RIVALS = 3;

  /** A new schedule is pushed right, then left. */
  private static final int DECODES_PER_SOWN = 3;

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
  private int phase;
  private int[] toSow;
  private int sown;
  private int from;
  private int place;
  private long generated;
  private int best;
  private int bestBefore;
  private int stagnant;

  /**
   * A search that has not begun.
   *
   * @param known a makespan in slots; only shorter ones are told of
   */
  GeneticSearch(Grid grid, long seed, int known, Watch watch) {
    this.grid = grid;
    this.axes = new Grid.Axis[] {grid.forward, grid.backward};
    this.decoder = new Decoder(grid);
    this.random = new RandomStream(seed);
    this.watch = watch;
    this.best = known;
    this.bestBefore = known;
    this.populations =
        new Population[] {new Population(grid.durations), new Population(grid.durations)};
    this.keys = new int[grid.size];
    this.child = new int[grid.size];
    this.latestFinish = new int[grid.size];
    this.length = fillLatestFinishes();
    populations[0].grow(SIZES[0]);
    populations[1].grow(SIZES[0]);
    this.toSow = IntStream.range(0, SIZES[0]).toArray();
  }

  /** Goes on until the watch ends it; called again it goes on from there. */
  void run() {
    while (!watch.isOver()) {
      step();
    }
  }

  /** Replaces the longest by the other search's shortest. Both have the same grid and are idle. */
  void learnFrom(GeneticSearch other) {
    if (isBred() && other.isBred()) {
      populations[0].takeShortestOf(other.populations[0]);
      populations[1].takeShortestOf(other.populations[1]);
    }
  }

  private boolean isBred() {
    return sown == toSow.length * DECODES_PER_SOWN;
  }

  /** At most one schedule. */
  private void step() {
    if (!isBred()) {
      sowOn(toSow[sown / DECODES_PER_SOWN], sown % DECODES_PER_SOWN);
      sown++;
    } else if (place < populations[0].size()) {
      breed(from, place++);
    } else {
      endGeneration();
    }
  }

  private void endGeneration() {
    place = 0;
    from = 1 - from;
    stagnant = best < bestBefore ? 0 : stagnant + 1;
    bestBefore = best;
    if (phase + 1 < SIZES.length && generated >= SIZE_FROM[phase + 1]) {
      grow();
    } else if (stagnant >= PATIENCE) {
      stagnant = 0;
      toSow = allButTheBest();
      sown = 0;
    }
  }

  /** Sows the new places, or all of them. */
  private void grow() {
    int kept = phase < PHASES_LEFT_BEHIND ? 0 : SIZES[phase];
    phase++;
    populations[0].grow(SIZES[phase]);
    populations[1].grow(SIZES[phase]);
    toSow = IntStream.range(kept, SIZES[phase]).toArray();
    sown = 0;
  }

  private int[] allButTheBest() {
    int size = populations[0].size();
    return IntStream.range(0, size)
        .boxed()
        .sorted(Comparator.comparingInt(this::shorter))
        .skip((int) (size * KEPT_SHARE))
        .mapToInt(i -> i)
        .toArray();
  }

  private int shorter(int i) {
    return Math.min(populations[0].makespan(i), populations[1].makespan(i));
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

  /** One of the three decodes that make a new schedule in both populations' place {@code i}. */
  private void sowOn(int i, int decodes) {
    if (decodes == 0) {
      sow(i, generated == 0 ? 0 : noise());
    } else {
      justify(decodes - 1, i);
    }
  }

  /** Latest finishes with noise. */
  private void sow(int i, int noise) {
    for (int v = 0; v < keys.length; v++) {
      keys[v] = latestFinish[v] + (noise > 0 ? random.nextInt(noise) : 0);
    }
    int makespan = decode(0, length + noise + 1, random.nextDouble() < PARALLEL_SHARE);
    populations[0].set(i, child, makespan);
  }

  /** Pushes schedule {@code i} to the other side, into the other population. */
  private void justify(int side, int i) {
    for (int v = 0; v < keys.length; v++) {
      keys[v] = populations[side].mirrored(i, v);
    }
    int makespan = decode(1 - side, populations[side].makespan(i) + 1, false);
    populations[1 - side].set(i, child, makespan);
  }

  private void breed(int side, int i) {
    Population parents = populations[side];
    Population children = populations[1 - side];
    int range = cross(parents, i, tournament(parents));
    int makespan = decode(1 - side, range, random.nextDouble() < PARALLEL_SHARE);
    if (makespan <= children.makespan(i) && !children.holds(child)) {
      children.set(i, child, makespan);
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
    generated++;
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
