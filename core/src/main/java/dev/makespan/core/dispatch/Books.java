package dev.makespan.core.dispatch;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the runs' states and is kept beside them to be fast: the ready queue, locks and
 * resources, who has what, leases and timers. Brought up to date by every event, or made anew from
 * a state.
 */
final class Books {

  private final ShardSettings settings;
  private final Map<RunId, LiveRun> runs = new TreeMap<>();
  private final ReadyQueue ready = new ReadyQueue();
  private final Fleet fleet = new Fleet();
  private final Map<Long, Instant> leases = new LinkedHashMap<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();

  Books(ShardSettings settings) {
    this.settings = settings;
  }

  ReadyQueue ready() {
    return ready;
  }

  Fleet fleet() {
    return fleet;
  }

  PriorityQueue<Timer> timers() {
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
    LiveRun live = new LiveRun(run);
    runs.put(run.spec().id(), live);
    for (int task = 0; task < run.size(); task++) {
      enter(live, task, run.life(task).state(), now);
    }
  }

  void forget(RunId id) {
    runs.remove(id);
  }

  /** Applies a decided event to its run and to the books. */
  void apply(RunEvent event) {
    LiveRun live = run(event.run());
    switch (event.change()) {
      case RunEvent.TaskChanged changed -> apply(live, event, changed);
      case RunEvent.RunAmended _ -> renumber(live, event);
      case RunEvent.RunPaused _, RunEvent.RunResumed _ -> {
        unqueueAll(live);
        live.run().apply(event);
        queueAll(live);
      }
      case RunEvent.RunStarted _,
          RunEvent.RunCancelRequested _,
          RunEvent.RunFinished _,
          RunEvent.CheckpointApproved _ ->
          live.run().apply(event);
    }
  }

  /** Tasks have other numbers, locks and tails in an amended run, so its books are made anew. */
  private void renumber(LiveRun live, RunEvent event) {
    unqueueAll(live);
    timers.removeIf(timer -> timer.run().equals(event.run()) && timer.kind() != Timer.Kind.REST);
    live.run().apply(event);
    open(live.run(), event.at());
  }

  private void unqueueAll(LiveRun live) {
    for (int task = 0; task < live.run().size(); task++) {
      if (live.run().life(task).state() instanceof TaskState.Ready s) {
        unqueue(live, task, s);
      }
    }
  }

  private void queueAll(LiveRun live) {
    for (int task = 0; task < live.run().size(); task++) {
      if (live.run().life(task).state() instanceof TaskState.Ready s) {
        queue(live, task, s);
      }
    }
  }

  /** Tasks of a paused run stand in no queue. */
  private void queue(LiveRun live, int task, TaskState.Ready state) {
    if (live.run().state() != RunState.PAUSED) {
      ready.add(live.run().task(task).role(), live.readyTask(task, state.since()));
    }
  }

  private void unqueue(LiveRun live, int task, TaskState.Ready state) {
    ready.remove(live.run().task(task).role(), live.readyTask(task, state.since()));
  }

  private void apply(LiveRun live, RunEvent event, RunEvent.TaskChanged changed) {
    int task = live.run().indexOf(changed.task());
    TaskState before = live.run().life(task).state();
    live.run().apply(event);
    TaskState after = live.run().life(task).state();
    boolean sameAttempt = before.liveFence() != 0 && before.liveFence() == after.liveFence();
    if (sameAttempt) {
      goOn(live, task, after);
    } else {
      leave(live, task, before);
      enter(live, task, after, event.at());
    }
  }

  /** The same attempt in another state: its clock begins, or the work is over. */
  private void goOn(LiveRun live, int task, TaskState state) {
    if (state instanceof TaskState.Running running) {
      armDeadline(live, task, running);
    } else if (state instanceof TaskState.Verifying || state instanceof TaskState.Integrating) {
      endWork(live, task, state.liveFence());
    }
  }

  private void armDeadline(LiveRun live, int task, TaskState.Running state) {
    Duration deadline = Assignments.deadline(live.run(), live.run().task(task));
    if (deadline != null) {
      arm(state.since().plus(deadline), Timer.Kind.DEADLINE, live, task, state.fence());
    }
  }

  private void leave(LiveRun live, int task, TaskState before) {
    switch (before) {
      case TaskState.Ready s -> unqueue(live, task, s);
      case TaskState.Leased s -> endAttempt(live, task, s.fence());
      case TaskState.Running s -> endAttempt(live, task, s.fence());
      case TaskState.Cancelling s -> endAttempt(live, task, s.fence());
      case TaskState.Verifying s -> endAttempt(live, task, s.fence());
      case TaskState.Integrating s -> endAttempt(live, task, s.fence());
      case TaskState.Held s -> {
        if (s.keptFence() != 0) {
          endAttempt(live, task, s.keptFence());
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
      case TaskState.Ready s -> queue(live, task, s);
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
      case TaskState.Verifying _, TaskState.Integrating _ -> live.hold(task);
      case TaskState.Backoff s -> arm(s.until(), Timer.Kind.BACKOFF, live, task, 0);
      case TaskState.Waiting _,
          TaskState.Done _,
          TaskState.Failed _,
          TaskState.Cancelled _,
          TaskState.Skipped _ -> {}
    }
  }

  private void beginAttempt(LiveRun live, int task, long fence, Instant now) {
    live.hold(task);
    fleet.assign(live.run().life(task).attempts().getLast().agent(), refOf(live, task, fence));
    Instant until = leases.computeIfAbsent(fence, _ -> now.plus(settings.lease()));
    arm(until, Timer.Kind.LEASE, live, task, fence);
  }

  private void endAttempt(LiveRun live, int task, long fence) {
    live.release(task);
    endWork(live, task, fence);
  }

  /** The agent has nothing more to do with it; what it has changed stays locked. */
  private void endWork(LiveRun live, int task, long fence) {
    leases.remove(fence);
    fleet.end(live.run().life(task).attempts().getLast().agent(), fence);
  }

  void renew(TaskRef ref, Instant now) {
    leases.put(ref.fence(), now.plus(settings.lease()));
  }

  /** When the lease of a live attempt runs out, as renewed last; null: no such attempt. */
  @Nullable Instant findLease(long fence) {
    return leases.get(fence);
  }

  void arm(Instant at, Timer.Kind kind, LiveRun live, int task, long fence) {
    timers.add(new Timer(at, kind, live.run().spec().id(), task, fence));
  }

  /** The live attempt of a task. */
  TaskRef refOf(LiveRun live, int task, long fence) {
    TaskId id = live.run().task(task).id();
    return new TaskRef(live.run().spec().id(), id, fence);
  }
}
