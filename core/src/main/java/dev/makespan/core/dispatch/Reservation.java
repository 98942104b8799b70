package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.run.Run;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept for the task whose turn it is, so that nobody starves: who comes after it may take
 * of its files and resources only what is expected to be free again by its turn (Lifka's EASY
 * backfilling, 1995).
 */
final class Reservation {

  private static final int NONE = TaskHeap.NONE;

  private final Run run;
  private final Holdings holdings;
  private final TaskOrder order;
  private LockTable files = new LockTable();
  private int task = NONE;

  Reservation(Run run, Holdings holdings, TaskOrder order) {
    this.run = run;
    this.holdings = holdings;
    this.order = order;
  }

  /** Whose it is; {@link TaskHeap#NONE}: nobody's. */
  int task() {
    return task;
  }

  void give(int task) {
    this.task = task;
    this.files = new LockTable();
    files.take(task, holdings.wanted(task));
  }

  void end() {
    this.task = NONE;
    this.files = new LockTable();
  }

  /** What {@code asking} may not take, although it is free; null: nothing. */
  @Nullable Obstacle findObstacle(int asking, Instant now) {
    if (task == NONE || task == asking || order.waitsLonger(asking, task)) {
      return null;
    }
    LockTable.Conflict conflict =
        files.findConflict(
            holdings.wanted(asking), (access, held) -> holdings.mayShare(asking, access, held));
    if (conflict == null && !usesReserved(asking)) {
      return null;
    }
    long end = Nanos.sum(Nanos.of(now), holdings.expectedNanos(asking));
    long turn = turnNanos(now);
    if (end < turn) {
      return null;
    }
    return conflict == null
        ? findShort(asking, turn, now)
        : new Obstacle.Locked(conflict.wanted(), task);
  }

  private boolean usesReserved(int asking) {
    Map<String, Integer> reserved = run.task(task).uses();
    return run.task(asking).uses().keySet().stream().anyMatch(reserved::containsKey);
  }

  /** A resource of which too little would be left at the turn, if {@code asking} had its part. */
  private @Nullable Obstacle findShort(int asking, long turn, Instant now) {
    Map<String, Integer> uses = run.task(asking).uses();
    for (Map.Entry<String, Integer> need : run.task(task).uses().entrySet()) {
      int asked = uses.getOrDefault(need.getKey(), 0);
      if (asked > 0 && freeAt(turn, need.getKey(), now) - asked < need.getValue()) {
        return new Obstacle.Scarce(need.getKey(), asked, new Obstacle.Holder(task));
      }
    }
    return null;
  }

  private int freeAt(long turn, String resource, Instant now) {
    int units = holdings.free(resource);
    for (int holder : holdings.holders()) {
      if (holdings.expectedEndNanos(holder, now) <= turn) {
        units += run.task(holder).uses().getOrDefault(resource, 0);
      }
    }
    return units;
  }

  /** When it is expected to get all that it lacks. */
  long turnNanos(Instant now) {
    long[] turn = {Nanos.of(now)};
    holdings
        .wanted(task)
        .forEach(access ->
            holdings
                .locks()
                .visit(
                    access,
                    held -> {
                      if (!holdings.mayShare(task, access, held)) {
                        long end = holdings.expectedEndNanos(held.task(), now);
                        turn[0] = Math.max(turn[0], end);
                      }
                      return false;
                    }));
    boolean lacksAgentAlone =
        turn[0] == Nanos.of(now)
            && holdings.findConflict(task, holdings.wanted(task)) == null
            && holdings.findScarceResource(task) == null;
    if (lacksAgentAlone) {
      return agentFreeNanos(now);
    }
    run.task(task)
        .uses()
        .forEach((name, units) -> turn[0] = Math.max(turn[0], enoughNanos(name, units, now)));
    return turn[0];
  }

  private long enoughNanos(String resource, int units, Instant now) {
    int free = holdings.free(resource);
    if (free >= units) {
      return Nanos.of(now);
    }
    int[] holders = holdings.holders();
    long[] ends = new long[holders.length];
    int users = 0;
    for (int holder : holders) {
      if (run.task(holder).uses().containsKey(resource)) {
        ends[users++] = holdings.expectedEndNanos(holder, now);
      }
    }
    Arrays.sort(ends, 0, users);
    int tooEarly = -1;
    int enough = users - 1;
    while (tooEarly + 1 < enough) {
      int middle = (tooEarly + enough) >>> 1;
      if (freeAt(ends[middle], resource, now) >= units) {
        enough = middle;
      } else {
        tooEarly = middle;
      }
    }
    return users == 0 ? Nanos.of(now) : ends[enough];
  }

  /** When the first of this run's tasks with the same role ends; now: there is none. */
  private long agentFreeNanos(Instant now) {
    Role role = run.task(task).role();
    long first = Long.MAX_VALUE;
    for (int holder : holdings.holders()) {
      if (run.task(holder).role().equals(role)) {
        first = Math.min(first, holdings.expectedEndNanos(holder, now));
      }
    }
    return first == Long.MAX_VALUE ? Nanos.of(now) : first;
  }
}
