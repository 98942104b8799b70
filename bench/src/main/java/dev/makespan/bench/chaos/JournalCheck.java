package dev.makespan.bench.chaos;

import dev.makespan.proto.run.v1.FailureCause;
import dev.makespan.proto.run.v1.RunEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal run by run, in commit order, and holds every event against what was promised.
 * It shares no rule with the scheduler. Of one thread.
 */
final class JournalCheck {

  private final Function<String, @Nullable PlanModel> plans;
  private final int infraLimit;
  private final Evidence evidence;
  private final Map<Long, RunTrack> runs = new HashMap<>();
  private final Set<Long> fences = new HashSet<>();

  /** What the journal says of one attempt. */
  static final class LeaseTrack {
    final String agent;
    boolean over;
    String result = "";

    LeaseTrack(String agent) {
      this.agent = agent;
    }
  }

  private static final class TaskTrack {
    @Nullable Long live;
    long lastFence;
    boolean done;
    boolean over;
    int work;
    int infra;
    final Map<Long, LeaseTrack> leases = new HashMap<>();
  }

  private static final class RunTrack {
    final PlanModel plan;
    final Map<String, TaskTrack> tasks = new HashMap<>();
    long position;
    boolean cancelling;
    boolean finished;

    RunTrack(PlanModel plan) {
      this.plan = plan;
    }

    TaskTrack task(String id) {
      return tasks.computeIfAbsent(id, _ -> new TaskTrack());
    }
  }

  JournalCheck(Function<String, @Nullable PlanModel> plans, int infraLimit, Evidence evidence) {
    this.plans = plans;
    this.infraLimit = infraLimit;
    this.evidence = evidence;
  }

  /** The next event of {@code run}. */
  void see(long run, String planName, RunEvent event) {
    RunTrack track = runs.computeIfAbsent(run, _ -> new RunTrack(planOf(planName)));
    evidence.look(
        Promise.NO_GAP,
        event.getPosition() == track.position + 1,
        "run %d: expected position %d, was %d",
        run,
        track.position + 1,
        event.getPosition());
    track.position = event.getPosition();
    evidence.look(
        Promise.FINAL,
        !track.finished,
        "run %d has finished, and then came %s of %s",
        run,
        event.getEventCase(),
        event.getTask());
    switch (event.getEventCase()) {
      case RUN_CANCEL_REQUESTED -> track.cancelling = true;
      case RUN_FINISHED -> finish(run, track);
      default -> {
        if (!event.getTask().isEmpty()) {
          task(run, track, event);
        }
      }
    }
  }

  private PlanModel planOf(String name) {
    PlanModel plan = plans.apply(name);
    return plan == null ? new PlanModel(name, Map.of(), Integer.MAX_VALUE, 0) : plan;
  }

  private void finish(long run, RunTrack track) {
    track.finished = true;
    track.tasks.forEach((id, task) ->
        evidence.look(
            Promise.FINAL, task.over, "run %d has finished, and task %s had not", run, id));
  }

  private void task(long run, RunTrack track, RunEvent event) {
    TaskTrack task = track.task(event.getTask());
    evidence.look(
        Promise.FINAL,
        !task.over,
        "run %d, task %s is over, and then came %s",
        run,
        event.getTask(),
        event.getEventCase());
    switch (event.getEventCase()) {
      case TASK_LEASED -> leased(run, track, task, event);
      case TASK_RETURNED -> ended(run, task, event, event.getTaskReturned().getFence());
      case TASK_REPORTED -> {
        long fence = event.getTaskReported().getFence();
        live(run, task, event, fence);
        result(task, fence, event.getTaskReported().getResultId());
      }
      case ATTEMPT_FAILED -> {
        long fence = event.getAttemptFailed().getFence();
        result(task, fence, event.getAttemptFailed().getResultId());
        charge(run, track, task, event, event.getAttemptFailed().getCause());
        ended(run, task, event, fence);
      }
      case TASK_FAILED -> {
        long fence = event.getTaskFailed().getFence();
        result(task, fence, event.getTaskFailed().getResultId());
        ended(run, task, event, fence);
        task.over = true;
      }
      case TASK_DONE -> {
        evidence.look(
            Promise.ONE_COMPLETION,
            !task.done,
            "run %d, task %s is done for the second time",
            run,
            event.getTask());
        ended(run, task, event, event.getTaskDone().getFence());
        task.done = true;
        task.over = true;
      }
      case TASK_CANCELLED, TASK_SKIPPED -> {
        if (task.live != null) {
          ended(run, task, event, task.live);
        }
        task.over = true;
      }
      default -> {
        // Changes nothing that is looked at here.
      }
    }
  }

  private void leased(long run, RunTrack track, TaskTrack task, RunEvent event) {
    String id = event.getTask();
    long fence = event.getTaskLeased().getFence();
    evidence.look(
        Promise.ONE_LEASE,
        task.live == null,
        "run %d, task %s is leased under %x while %x lives",
        run,
        id,
        fence,
        task.live == null ? 0L : task.live);
    evidence.look(
        Promise.FENCES_GROW,
        fence > task.lastFence && fences.add(fence),
        "run %d, task %s: fence %x came after %x, or was given out before",
        run,
        id,
        fence,
        task.lastFence);
    evidence.look(
        Promise.CANCEL_WINS,
        !track.cancelling,
        "run %d, task %s is leased after the cancel",
        run,
        id);
    for (String need : track.plan.node(id).needs()) {
      evidence.look(
          Promise.NEEDS_FIRST, track.task(need).done, "run %d, task %s before %s", run, id, need);
    }
    task.live = fence;
    task.lastFence = fence;
    task.leases.put(fence, new LeaseTrack(event.getTaskLeased().getAgent()));
    caps(run, track, id);
  }

  private void caps(long run, RunTrack track, String id) {
    PlanModel.Node wanted = track.plan.node(id);
    int licensed = 0;
    int writers = 0;
    for (Map.Entry<String, TaskTrack> entry : track.tasks.entrySet()) {
      PlanModel.Node node = track.plan.node(entry.getKey());
      if (entry.getValue().live != null) {
        licensed += node.licensed() ? 1 : 0;
        writers += !wanted.writes().isEmpty() && node.writes().equals(wanted.writes()) ? 1 : 0;
      }
    }
    if (wanted.licensed()) {
      evidence.look(
          Promise.CAPS, licensed <= track.plan.licences(), "run %d: %d licences", run, licensed);
    }
    if (!wanted.writes().isEmpty()) {
      evidence.look(
          Promise.CAPS, writers == 1, "run %d: %d writers of %s", run, writers, wanted.writes());
    }
  }

  private void charge(
      long run, RunTrack track, TaskTrack task, RunEvent event, FailureCause cause) {
    task.work += cause == FailureCause.FAILURE_CAUSE_WORK ? 1 : 0;
    task.infra += cause == FailureCause.FAILURE_CAUSE_INFRA ? 1 : 0;
    evidence.look(
        Promise.ATTEMPTS,
        task.work < track.plan.attempts() && task.infra < infraLimit,
        "run %d, task %s has failed %d times by itself and %d times with its agent",
        run,
        event.getTask(),
        task.work,
        task.infra);
  }

  private void live(long run, TaskTrack task, RunEvent event, long fence) {
    evidence.look(
        Promise.ONE_LOSS,
        task.live != null && task.live == fence,
        "run %d, task %s: %s of fence %x while the live one is %s",
        run,
        event.getTask(),
        event.getEventCase(),
        fence,
        task.live == null ? "none" : Long.toHexString(task.live));
  }

  private void ended(long run, TaskTrack task, RunEvent event, long fence) {
    live(run, task, event, fence);
    task.live = null;
    LeaseTrack lease = task.leases.get(fence);
    if (lease != null) {
      lease.over = true;
    }
  }

  private static void result(TaskTrack task, long fence, String result) {
    LeaseTrack lease = task.leases.get(fence);
    if (lease != null && !result.isEmpty()) {
      lease.result = result;
    }
  }

  /** What the journal says of an attempt; null: nothing. */
  @Nullable LeaseTrack findLease(Happening.Attempt attempt) {
    RunTrack run = runs.get(attempt.run());
    TaskTrack task = run == null ? null : run.tasks.get(attempt.task());
    return task == null ? null : task.leases.get(attempt.fence());
  }

  boolean knows(long run) {
    return runs.containsKey(run);
  }

  boolean isCancelling(long run) {
    RunTrack track = runs.get(run);
    return track != null && (track.cancelling || track.finished);
  }

  boolean isFinished(long run) {
    RunTrack track = runs.get(run);
    return track != null && track.finished;
  }

  /** Whether any attempt of this agent lives. */
  boolean holdsAnything(String agent) {
    return runs.values().stream()
        .filter(run -> !run.finished)
        .flatMap(run -> run.tasks.values().stream())
        .flatMap(task -> task.leases.values().stream())
        .anyMatch(lease -> !lease.over && lease.agent.equals(agent));
  }

  long position(long run) {
    RunTrack track = runs.get(run);
    return track == null ? 0 : track.position;
  }
}
