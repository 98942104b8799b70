package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the runs' states and is kept beside them to be fast: the ready queue, locks and
 * resources, who has what, leases and timers. Brought up to date by every event, or made anew from
 * a state.
 */
final class Books {

  private final ShardSettings settings;
  private final Map<RunId, LiveRun> runs = new LinkedHashMap<>();
  private final ReadyQueue ready = new ReadyQueue();
  private final Fleet fleet = new Fleet();
  private final Map<Long, LiveAttempt> attempts = new LinkedHashMap<>();
  private final Timers timers = new Timers();
  private final List<LateGrant> lateGrants = new ArrayList<>();
  private final Set<LiveRun> unsettled = new LinkedHashSet<>();
  private final Set<LiveRun> setAside = new LinkedHashSet<>();

  /** A live attempt has got the files that it asked for. */
  record LateGrant(TaskRef task, String requestId, List<FileAccess> files) {}

  Books(ShardSettings settings) {
    this.settings = settings;
  }

  ReadyQueue ready() {
    return ready;
  }

  Fleet fleet() {
    return fleet;
  }

  Timers timers() {
    return timers;
  }

  Iterable<LiveRun> runs() {
    return runs.values();
  }

  @Nullable LiveRun findRun(RunId id) {
    return runs.get(id);
  }

  LiveRun run(RunId id) {
    LiveRun live = runs.get(id);
    if (live == null) {
      throw new IllegalArgumentException("no run " + id + " in this shard");
    }
    return live;
  }

  /** A run that is new, or whose journal has just been applied. */
  void open(Run run, Instant now) {
    open(new LiveRun(run, ready), now);
  }

  private void open(LiveRun live, Instant now) {
    Run run = live.run();
    runs.put(run.spec().id(), live);
    for (int task = 0; task < run.places(); task++) {
      enter(live, task, run.life(task).state(), now);
    }
    watchTime(live, now);
  }

  void forget(RunId id) {
    LiveRun live = runs.remove(id);
    if (live != null) {
      ready.forget(live);
      unsettled.remove(live);
      setAside.remove(live);
      live.watchTime(timers, null);
    }
  }

  /** Something was given back in a run, or a task of it has begun to wait. */
  void unsettle(LiveRun live) {
    unsettled.add(live);
  }

  /** Grants late requests and reserves for who has waited longest, where something has changed. */
  void settle() {
    if (unsettled.isEmpty()) {
      return;
    }
    List<LiveRun> changed = new ArrayList<>(unsettled);
    unsettled.clear();
    for (LiveRun live : changed) {
      for (LateRequests.Request request : live.settleLate()) {
        long fence = live.run().life(request.task()).state().liveFence();
        TaskRef ref = refOf(live, request.task(), fence);
        lateGrants.add(new LateGrant(ref, request.id(), request.files()));
      }
      live.settleReservation(fleet::isPresent);
    }
  }

  /** Runs with tasks that no free agent may have. */
  Set<LiveRun> setAside() {
    return setAside;
  }

  /** Applies a decided event to its run and to the books. */
  void apply(RunEvent event) {
    LiveRun live = run(event.run());
    switch (event.change()) {
      case RunEvent.TaskChanged changed -> apply(live, event, changed);
      case RunEvent.RunAmended _ -> renumber(live, event);
      case RunEvent.RunStarted _,
          RunEvent.RunPaused _,
          RunEvent.RunResumed _,
          RunEvent.BudgetSet _,
          RunEvent.RunCancelRequested _,
          RunEvent.RunFinished _,
          RunEvent.RunReopened _,
          RunEvent.BatchFormed _,
          RunEvent.BatchEnded _,
          RunEvent.MergesHeld _,
          RunEvent.MergesReleased _,
          RunEvent.MergesReordered _,
          RunEvent.CheckpointApproved _ -> {
        live.run().apply(event);
        ready.reopen(live);
        watchTime(live, event.at());
      }
    }
  }

  /** When the run's time may be used up; another time with every attempt that begins or ends. */
  private void watchTime(LiveRun live, Instant now) {
    Instant end = live.run().findEndOfTime(now);
    live.watchTime(
        timers,
        end == null
            ? null
            : timers.arm(new Timer(end, Timer.Kind.BUDGET, live.run().spec().id(), 0, 0)));
  }

  /**
   * Tasks have other numbers in an amended run, so what is kept of it is made anew; attempts go on
   * with the leases and the files that they have.
   */
  private void renumber(LiveRun live, RunEvent event) {
    List<LateFiles> late = new ArrayList<>();
    for (LateRequests.Request request : live.lateRequests()) {
      TaskId task = live.run().task(request.task()).id();
      late.add(new LateFiles(task, request.id(), request.files()));
    }
    ready.forget(live);
    unsettled.remove(live);
    setAside.remove(live);
    live.run().apply(event);
    live.watchTime(timers, null);
    LiveRun amended = new LiveRun(live.run(), ready, live.share());
    open(amended, event.at());
    for (LateFiles files : late) {
      amended.askLate(live.run().indexOf(files.task()), files.id(), files.files());
    }
    unsettled.add(amended);
  }

  /** What a live attempt asked for, by the name of its task. */
  private record LateFiles(TaskId task, String id, List<FileAccess> files) {}

  private void apply(LiveRun live, RunEvent event, RunEvent.TaskChanged changed) {
    int task = live.run().indexOf(changed.task());
    TaskState before = live.run().life(task).state();
    live.run().apply(event);
    TaskState after = live.run().life(task).state();
    if (live.run().budget().agentHours() > 0 && before.getClass() != after.getClass()) {
      watchTime(live, event.at());
    }
    boolean sameAttempt = before.liveFence() != 0 && before.liveFence() == after.liveFence();
    if (sameAttempt) {
      goOn(live, task, before, after, event.at());
    } else {
      leave(live, task, before, after, event.at());
      enter(live, task, after, event.at());
    }
  }

  /** The same attempt in another state: its clock begins, or the work is over. */
  private void goOn(LiveRun live, int task, TaskState before, TaskState state, Instant now) {
    if (state instanceof TaskState.Running running && !state.equals(before)) {
      armDeadline(live, task, running);
    } else if (state instanceof TaskState.Verifying || state instanceof TaskState.Integrating) {
      endWork(live, task, state.liveFence(), now);
    }
  }

  private void armDeadline(LiveRun live, int task, TaskState.Running state) {
    Duration deadline = Assignments.deadline(live.run(), live.run().task(task));
    if (deadline != null) {
      arm(state.since().plus(deadline), Timer.Kind.DEADLINE, live, task, state.fence());
    }
  }

  private void leave(LiveRun live, int task, TaskState before, TaskState after, Instant now) {
    switch (before) {
      case TaskState.Ready _ -> live.leaveReady(task, after instanceof TaskState.Leased);
      case TaskState.Leased s -> endAttempt(live, task, s.fence(), now);
      case TaskState.Running s -> endAttempt(live, task, s.fence(), now);
      case TaskState.Cancelling s -> endAttempt(live, task, s.fence(), now);
      case TaskState.Verifying s -> endAttempt(live, task, s.fence(), now);
      case TaskState.Integrating s -> endAttempt(live, task, s.fence(), now);
      case TaskState.Held s -> {
        if (s.keptFence() != 0) {
          endAttempt(live, task, s.keptFence(), now);
        }
      }
      case TaskState.Waiting _,
          TaskState.Backoff _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ -> {}
    }
  }

  private void enter(LiveRun live, int task, TaskState state, Instant now) {
    switch (state) {
      case TaskState.Ready s -> live.ready(task, s.since());
      case TaskState.Leased s -> {
        beginAttempt(live, task, s.fence(), now);
        arm(now.plus(settings.delivery()), Timer.Kind.DELIVERY, live, task, s.fence());
      }
      case TaskState.Running s -> {
        beginAttempt(live, task, s.fence(), now);
        armDeadline(live, task, s);
      }
      case TaskState.Cancelling s -> beginAttempt(live, task, s.fence(), now);
      case TaskState.Held s -> {
        if (s.keptFence() != 0) {
          beginAttempt(live, task, s.keptFence(), now);
        }
      }
      case TaskState.Verifying _, TaskState.Integrating _ -> live.hold(task, null);
      case TaskState.Backoff s -> arm(s.until(), Timer.Kind.BACKOFF, live, task, 0);
      case TaskState.Waiting _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ -> {}
    }
  }

  private void beginAttempt(LiveRun live, int task, long fence, Instant now) {
    AgentId agent = live.run().life(task).attempts().getLast().agent();
    live.hold(task, agent);
    unsettled.add(live);
    LiveAttempt before = attempts.remove(fence);
    LiveAttempt attempt = before == null ? newAttempt(live, task, now) : before.again(timers);
    attempts.put(fence, attempt);
    if (before == null) {
      fleet.assign(agent, refOf(live, task, fence));
    }
    arm(attempt.leaseUntil(), Timer.Kind.LEASE, live, task, fence);
    Instant end = live.run().hasLimits() ? live.run().findEndOfTime(task, now) : null;
    if (end != null) {
      arm(end, Timer.Kind.BUDGET, live, task, fence);
    }
  }

  private LiveAttempt newAttempt(LiveRun live, int task, Instant now) {
    long charge = Share.chargeOf(live.holdings().expectedNanos(task));
    ready.served(live);
    ready.charge(live, charge);
    return new LiveAttempt(now, charge, now.plus(settings.lease()));
  }

  private void endAttempt(LiveRun live, int task, long fence, Instant now) {
    live.release(task);
    unsettled.add(live);
    endWork(live, task, fence, now);
  }

  /** The agent has nothing more to do with it; what it has changed stays locked. */
  private void endWork(LiveRun live, int task, long fence, Instant now) {
    fleet.end(live.run().life(task).attempts().getLast().agent(), fence);
    LiveAttempt attempt = attempts.remove(fence);
    if (attempt != null) {
      attempt.timers().forEach(timers::withdraw);
      long took = Share.chargeOf(Nanos.of(Duration.between(attempt.since(), now)));
      ready.charge(live, took - attempt.chargedNanos());
    }
  }

  void renew(TaskRef ref, Instant now) {
    LiveAttempt attempt = attempts.get(ref.fence());
    if (attempt != null) {
      attempt.renew(now.plus(settings.lease()));
    }
  }

  /** When the lease of a live attempt runs out, as renewed last; null: no such attempt. */
  @Nullable Instant findLease(long fence) {
    LiveAttempt attempt = attempts.get(fence);
    return attempt == null ? null : attempt.leaseUntil();
  }

  void arm(Instant at, Timer.Kind kind, LiveRun live, int task, long fence) {
    Timers.Entry entry = timers.arm(new Timer(at, kind, live.run().spec().id(), task, fence));
    LiveAttempt attempt = kind == Timer.Kind.REST ? null : attempts.get(fence);
    if (attempt != null) {
      attempt.timers().add(entry);
    }
  }

  /** Late requests that were granted since this was asked last, in order. */
  List<LateGrant> takeLateGrants() {
    if (lateGrants.isEmpty()) {
      return List.of();
    }
    List<LateGrant> taken = List.copyOf(lateGrants);
    lateGrants.clear();
    return taken;
  }

  /** The live attempt of a task. */
  TaskRef refOf(LiveRun live, int task, long fence) {
    TaskId id = live.run().task(task).id();
    return new TaskRef(live.run().spec().id(), id, fence);
  }
}
