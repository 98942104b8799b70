package dev.makespan.core.dispatch;

import dev.makespan.core.dispatch.ReadyQueue.Lane;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Counters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What dispatch knows of a run beside its state: the order of its ready tasks, who holds, waits for
 * and has reserved which files and resources, and the run's share.
 */
final class LiveRun {

  private static final int NONE = TaskHeap.NONE;

  private final Run run;
  private final ReadyQueue ready;
  private final TaskOrder order;
  private final TaskHeap.Places places;
  private final Map<Role, Map<Priority, Lane>> lanes = new LinkedHashMap<>();
  private final Map<Role, Map<Priority, Lane>> lanesOfRetries = new LinkedHashMap<>();
  private final BitSet triedBefore = new BitSet();
  private final List<Lane> openLanes = new ArrayList<>();
  private final TaskHeap setAside;
  private final Share share;
  private final Holdings holdings;
  private final Waits waits;
  private final Reservation reservation;
  private final LateRequests late;
  private final Affinity affinity;
  private Timers.@Nullable Entry endOfTime;

  LiveRun(Run run, ReadyQueue ready) {
    this(run, ready, new Share(run.spec().weight()));
  }

  /** An amended run goes on with the share that it had. */
  LiveRun(Run run, ReadyQueue ready, Share share) {
    this.run = run;
    this.ready = ready;
    this.order = new TaskOrder(run);
    this.places = new TaskHeap.Places(run.places());
    this.setAside = new TaskHeap(order::before, places);
    this.share = share;
    this.holdings = new Holdings(run);
    this.waits = new Waits(order, places, run.places(), this::tryAgain);
    this.reservation = new Reservation(run, holdings, order);
    this.late = new LateRequests(run, holdings);
    this.affinity = new Affinity(run);
  }

  Run run() {
    return run;
  }

  TaskOrder order() {
    return order;
  }

  Share share() {
    return share;
  }

  Holdings holdings() {
    return holdings;
  }

  Affinity affinity() {
    return affinity;
  }

  /** Whether tasks may start. */
  boolean isOpen() {
    return run.state() == RunState.RUNNING;
  }

  /** Where a task stands while it is ready. */
  Lane lane(int task) {
    Role role = run.task(task).role();
    boolean again = triedBefore.get(task);
    Map<Priority, Lane> ofRole =
        (again ? lanesOfRetries : lanes).computeIfAbsent(role, _ -> new EnumMap<>(Priority.class));
    return ofRole.computeIfAbsent(order.classOf(task), priority -> newLane(role, priority, again));
  }

  private Lane newLane(Role role, Priority priority, boolean again) {
    return new Lane(this, role, priority, again, new TaskHeap(order::before, places));
  }

  /** The lanes that have tasks; kept by {@link ReadyQueue}. */
  List<Lane> openLanes() {
    return openLanes;
  }

  /** A task may start; whether it can is tried when its turn comes. */
  void ready(int task, Instant since) {
    order.ready(task, since);
    Counters charged = run.life(task).counters();
    triedBefore.set(task, charged.attempts() + charged.infra() + charged.gates() > 0);
    ready.add(this, task);
  }

  private void tryAgain(int task) {
    if (task == reservation.task()) {
      order.promote(task);
    }
    ready.add(this, task);
  }

  /**
   * A task is not ready any more.
   *
   * @param starts whether it is about to hold what it wanted
   */
  void leaveReady(int task, boolean starts) {
    takeOut(task);
    waits.leave(task);
    order.demote(task);
    if (reservation.task() == task && starts) {
      reservation.end();
    } else if (reservation.task() == task) {
      endReservation();
    }
  }

  private void takeOut(int task) {
    if (places.heapOf(task) == setAside) {
      setAside.remove(task);
    } else if (!waits.isParked(task) && places.heapOf(task) != null) {
      ready.remove(this, task);
    }
  }

  /** A task was tried and lacks something: it is tried again when that may have changed. */
  void park(int task, Obstacle blocker) {
    ready.remove(this, task);
    order.demote(task);
    waits.park(task, run.task(task).role(), blocker, holdings.mayShareWithSome(task));
  }

  /** A task was tried and no agent that is free may have it. */
  void setAside(int task) {
    ready.remove(this, task);
    waits.leave(task);
    order.demote(task);
    setAside.add(task);
    if (reservation.task() == task) {
      endReservation();
    }
  }

  /** Up to {@code limit} of the tasks set aside are tried again. */
  void reconsider(int limit) {
    int most = Math.min(limit, setAside.size());
    for (int i = 0; i < most; i++) {
      int task = setAside.first();
      setAside.remove(task);
      ready.add(this, task);
    }
  }

  boolean hasSetAside() {
    return !setAside.isEmpty();
  }

  /** Whether all files and resources of a task are free. */
  boolean canHold(int task) {
    return findConflict(task) == null && findScarceResource(task) == null;
  }

  LockTable.@Nullable Conflict findConflict(int task) {
    return holdings.findConflict(task, holdings.wanted(task));
  }

  @Nullable String findScarceResource(int task) {
    return holdings.findScarceResource(task);
  }

  /**
   * What keeps a ready task from what it wants: it is held, asked for or reserved; null: nothing.
   */
  @Nullable Obstacle findObstacle(int task, Instant now) {
    LockTable.Conflict conflict = findConflict(task);
    if (conflict == null) {
      conflict = late.findConflict(task, holdings.wanted(task));
    }
    if (conflict != null) {
      return new Obstacle.Locked(conflict.wanted(), conflict.holder());
    }
    String scarce = findScarceResource(task);
    if (scarce != null) {
      int units = run.task(task).uses().getOrDefault(scarce, 0);
      return new Obstacle.Scarce(scarce, units, new Obstacle.Resource(scarce));
    }
    return reservation.findObstacle(task, now);
  }

  /** The task that has reserved what it lacks; {@link TaskHeap#NONE}: none. */
  int reserving() {
    return reservation.task();
  }

  /** What is kept for tasks that do not have it yet. */
  List<Situation.Claim> claims(Instant now) {
    List<Situation.Claim> claims = new ArrayList<>();
    for (LateRequests.Request request : late.waiting()) {
      claims.add(new Situation.Claim(request.task(), request.files(), null));
    }
    int first = reservation.task();
    if (first != NONE) {
      Instant turn = Nanos.toInstant(reservation.turnNanos(now));
      claims.add(new Situation.Claim(first, holdings.wanted(first), turn));
    }
    return claims;
  }

  void hold(int task, @Nullable AgentId agent) {
    holdings.take(task);
    late.restore(task, run.life(task).grantedFiles());
    waits.openResources(new Obstacle.Holder(task));
    if (agent != null) {
      affinity.began(task, agent);
    }
  }

  void release(int task) {
    holdings.release(task);
    late.end(task);
    waits.open(new Obstacle.Holder(task));
    if (holdings.usesResources(task)) {
      run.task(task).uses().keySet().forEach(name -> waits.open(new Obstacle.Resource(name)));
    }
  }

  /** A live task asks for more files. */
  LateAnswer askLate(int task, String requestId, List<FileAccess> files) {
    return late.ask(task, requestId, files);
  }

  /** All late requests of live tasks: those that were granted, then those that wait. */
  List<LateRequests.Request> lateRequests() {
    return late.all();
  }

  /** Whether a live task waits for files that it asked for. */
  boolean waitsLate(int task) {
    return late.waits(task);
  }

  /** Late requests that can be granted by now, and are. */
  List<LateRequests.Request> settleLate() {
    return late.isEmpty() ? List.of() : late.settle();
  }

  /**
   * Sees to it that who has waited longest has what it lacks reserved, and is tried first once it
   * lacks nothing.
   *
   * @param present whether an agent with a role is there; who lacks that does not wait for files
   */
  void settleReservation(Predicate<Role> present) {
    int longest = waits.longestWaiting();
    while (longest != NONE && !present.test(run.task(longest).role())) {
      waits.wake(longest);
      longest = waits.longestWaiting();
    }
    int now = reservation.task();
    boolean absent = now != NONE && !present.test(run.task(now).role());
    if (absent) {
      endReservation();
      now = NONE;
    }
    if (longest != NONE && (now == NONE || order.waitsLonger(longest, now))) {
      endReservation();
      reservation.give(longest);
      now = longest;
    }
    if (now != NONE && waits.isParked(now) && lacksNothing(now)) {
      waits.wake(now);
    }
  }

  private boolean lacksNothing(int task) {
    return canHold(task) && late.findConflict(task, holdings.wanted(task)) == null;
  }

  /** In place of what was armed before: when the time of its budget may be used up. */
  void watchTime(Timers timers, Timers.@Nullable Entry next) {
    if (endOfTime != null) {
      timers.withdraw(endOfTime);
    }
    endOfTime = next;
  }

  private void endReservation() {
    int ended = reservation.task();
    reservation.end();
    boolean opensTheWay = ended != NONE && !holdings.isHolder(ended);
    if (opensTheWay) {
      waits.open(new Obstacle.Holder(ended));
    }
  }
}
