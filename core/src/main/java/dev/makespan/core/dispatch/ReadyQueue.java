package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that may be tried, in order: priority class, then the run that has had least for its
 * weight, then the order within the run. What is tried again keeps the place in line that its run
 * had at the first time, so that it does not wait for all runs that came later. Who waits for a
 * file or a resource is not here.
 */
final class ReadyQueue {

  private static final Comparator<Lane> BY_SHARE =
      Comparator.comparingLong(Lane::hadNanos)
          .thenComparing(lane -> lane.live.run().spec().id())
          .thenComparing(lane -> !lane.again);

  private final Map<Role, Map<Priority, NavigableSet<Lane>>> classesByRole = new TreeMap<>();

  /** What the run that was served last had had by then: where a run that was idle begins. */
  private long servedNanos;

  /** The ready tasks of one run that want one role and are of one class, new or tried again. */
  static final class Lane {
    private final LiveRun live;
    private final Role role;
    private final Priority priority;
    private final boolean again;
    private final TaskHeap tasks;

    /** {@code again}: of tasks whose attempt failed or was lost before. */
    Lane(LiveRun live, Role role, Priority priority, boolean again, TaskHeap tasks) {
      this.live = live;
      this.role = role;
      this.priority = priority;
      this.again = again;
      this.tasks = tasks;
    }

    private long hadNanos() {
      return again ? live.share().placeNanos() : live.share().usedNanos();
    }

    Next first() {
      return new Next(live, role, tasks.first());
    }
  }

  /** A task and the role that it wants. */
  record Next(LiveRun live, Role role, int task) {}

  void add(LiveRun live, int task) {
    Lane lane = live.lane(task);
    lane.tasks.add(task);
    if (lane.tasks.size() == 1) {
      if (live.openLanes().isEmpty()) {
        live.share().catchUp(servedNanos);
      }
      live.openLanes().add(lane);
      enter(lane);
    }
  }

  /** Takes out a task that stands here. */
  void remove(LiveRun live, int task) {
    Lane lane = live.lane(task);
    lane.tasks.remove(task);
    if (lane.tasks.isEmpty()) {
      withdraw(lane);
      live.openLanes().remove(lane);
    }
  }

  private void enter(Lane lane) {
    if (lane.live.isOpen()) {
      lanes(lane).add(lane);
    }
  }

  private void withdraw(Lane lane) {
    lanes(lane).remove(lane);
  }

  private NavigableSet<Lane> lanes(Lane lane) {
    return classesByRole
        .computeIfAbsent(lane.role, _ -> new EnumMap<>(Priority.class))
        .computeIfAbsent(lane.priority, _ -> new TreeSet<>(BY_SHARE));
  }

  /** A run has had {@code nanos} more of an agent's time, or fewer when that was too much. */
  void charge(LiveRun live, long nanos) {
    live.openLanes().forEach(this::withdraw);
    live.share().charge(nanos);
    live.openLanes().forEach(this::enter);
  }

  void served(LiveRun live) {
    live.share().served();
    servedNanos = Math.max(servedNanos, live.share().usedNanos());
  }

  /** A run may start tasks again, or may not any more. */
  void reopen(LiveRun live) {
    live.openLanes().forEach(this::withdraw);
    live.openLanes().forEach(this::enter);
  }

  /** A run is forgotten. */
  void forget(LiveRun live) {
    live.openLanes().forEach(this::withdraw);
  }

  /** The first task of those whose role is wanted; null: there is none. */
  @Nullable Next findFirst(Predicate<Role> wanted) {
    Lane best = null;
    for (Map.Entry<Role, Map<Priority, NavigableSet<Lane>>> pool : classesByRole.entrySet()) {
      Lane lane = findFirst(pool.getValue());
      boolean better = lane != null && (best == null || goesBefore(lane, best));
      if (better && wanted.test(pool.getKey())) {
        best = lane;
      }
    }
    return best == null ? null : best.first();
  }

  private static @Nullable Lane findFirst(Map<Priority, NavigableSet<Lane>> classes) {
    for (NavigableSet<Lane> lanes : classes.values()) {
      if (!lanes.isEmpty()) {
        return lanes.first();
      }
    }
    return null;
  }

  private static boolean goesBefore(Lane one, Lane other) {
    if (one.priority != other.priority) {
      return one.priority.compareTo(other.priority) < 0;
    }
    int byShare = BY_SHARE.compare(one, other);
    return byShare != 0
        ? byShare < 0
        : one.live.order().before(one.tasks.first(), other.tasks.first());
  }
}
