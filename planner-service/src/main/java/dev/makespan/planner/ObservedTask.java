package dev.makespan.planner;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.Counters;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One task of a run as the scheduler tells it.
 *
 * @param readyAt when its needs were met; null before it
 * @param reason why it is held, failed, skipped or backing off; empty otherwise
 * @param blockers open ones and those that were answered, oldest first
 * @param approvals names of those that were given while it is verified
 * @param leftOut skipped by a person: what needs it may start
 */
public record ObservedTask(
    TaskId id,
    State state,
    @Nullable Instant readyAt,
    List<Attempt> attempts,
    Map<MilestoneId, Instant> milestones,
    String reason,
    Counters counters,
    List<Blocker> blockers,
    List<String> approvals,
    boolean leftOut) {

  /** Where a task stands, by name alone: the data of a state stays with the scheduler. */
  public enum State {
    WAITING,
    READY,
    LEASED,
    RUNNING,
    VERIFYING,
    INTEGRATING,
    DONE,
    BACKOFF,
    HELD,
    CANCELLING,
    CANCELLED,
    FAILED,
    SKIPPED
  }

  public ObservedTask {
    attempts = List.copyOf(attempts);
    blockers = List.copyOf(blockers);
    approvals = List.copyOf(approvals);
    milestones = Collections.unmodifiableMap(new LinkedHashMap<>(milestones));
  }
}
