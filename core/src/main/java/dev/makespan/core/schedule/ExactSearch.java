package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.proof.StartTimes;

/**
 * Looks for a schedule that is shorter than a known one until it has found the shortest and proved
 * it, or has used up its steps. First it asks for less than the best, then, with the other half of
 * its steps, it raises the bound. The same project and steps give the same answer.
 */
final class ExactSearch {

  /** Up to so many tasks and barriers a proof is tried. */
  static final int MAX_TASKS = 200;

  /** Longest time that is asked about, in units of the grid. */
  private static final long MAX_HORIZON = 1 << 28;

  private final Project project;
  private final SearchWatch watch;
  private final long unit;
  private final StartTimes times;
  private long[] best;
  private long makespan;
  private long bound;

  /**
   * A search that has not begun.
   *
   * @param known starts of a schedule that nothing is wrong with
   * @param bound no schedule is shorter
   */
  ExactSearch(Project project, long[] known, long bound, SearchWatch watch) {
    this.project = project;
    this.watch = watch;
    this.unit = Grid.finestUnit(project.graph());
    this.best = known;
    this.makespan = Schedule.of(project.graph(), known).makespan();
    this.bound = bound;
    this.times = new StartTimes(StartTimeModel.of(project, unit), slots(makespan) - 1);
  }

  /** Whether the project is small enough, and its times are few enough, to be asked about. */
  static boolean canProve(Project project) {
    if (project.size() == 0 || project.size() > MAX_TASKS) {
      return false;
    }
    TaskGraph graph = project.graph();
    long unit = Grid.finestUnit(graph);
    long horizon = 0;
    for (int v = 0; v < graph.size(); v++) {
      horizon += graph.duration(v) / unit;
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        horizon += graph.successorLag(slot) / unit;
      }
      if (horizon > MAX_HORIZON) {
        return false;
      }
    }
    return StartTimeModel.hasRoom(project);
  }

  private int slots(long time) {
    return (int) (time / unit);
  }

  /** Tells of a schedule that something else found. */
  void know(long[] starts) {
    long length = Schedule.of(project.graph(), starts).makespan();
    if (length < makespan) {
      makespan = length;
      best = starts;
    }
  }

  /**
   * Ends when it has taken about {@code maxSteps} in all its runs, or when the watch says so; may
   * run on later.
   */
  void run(long maxSteps) {
    long half = steps() + (maxSteps - steps()) / 2;
    boolean open = false;
    while (bound < makespan && !open) {
      open = !ask(slots(makespan) - 1, half);
    }
    open = false;
    while (bound < makespan && !open) {
      open = !ask((int) Math.ceilDiv(bound, unit), maxSteps);
    }
  }

  /** Whether it could be said if a schedule ends by {@code limit}. */
  private boolean ask(int limit, long maxSteps) {
    return switch (times.endBy(limit, maxSteps, watch::isOver)) {
      case FOUND -> {
        take(times.found());
        yield true;
      }
      case IMPOSSIBLE -> {
        bound = Math.max(bound, Math.min(makespan, (limit + 1) * unit));
        yield true;
      }
      case OPEN -> false;
    };
  }

  private void take(int[] starts) {
    long[] shorter = new long[starts.length];
    for (int v = 0; v < starts.length; v++) {
      shorter[v] = starts[v] * unit;
    }
    best = shorter;
    makespan = Schedule.of(project.graph(), shorter).makespan();
  }

  /** The starts of the shortest schedule known. */
  long[] best() {
    return best;
  }

  long bound() {
    return bound;
  }

  /** How many raises of bounds and passes over resources it took. */
  long steps() {
    return times.steps();
  }
}
