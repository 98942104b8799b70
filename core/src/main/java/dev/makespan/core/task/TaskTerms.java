package dev.makespan.core.task;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.util.List;

/**
 * What a task's plan and its run say about its life, in real time.
 *
 * @param attemptLimit attempts that fail by the work before it fails; at least 1
 * @param infraLimit lost attempts before it fails
 * @param gateLimit attempts that gates reject before it fails
 * @param yieldLimit returns before it fails
 * @param backoff before the next attempt
 * @param approvalsGiven gates that need a person count as green
 * @param merged work that leaves a commit is done when that is merged
 */
public record TaskTerms(
    int attemptLimit,
    int infraLimit,
    int gateLimit,
    int yieldLimit,
    Duration backoff,
    List<Gate> gates,
    List<MilestoneId> milestones,
    boolean approvalsGiven,
    boolean merged) {

  public TaskTerms {
    gates = List.copyOf(gates);
    milestones = List.copyOf(milestones);
  }

  /** Of work that nobody merges. */
  public TaskTerms(
      int attemptLimit,
      int infraLimit,
      int gateLimit,
      int yieldLimit,
      Duration backoff,
      List<Gate> gates,
      List<MilestoneId> milestones,
      boolean approvalsGiven) {
    this(
        attemptLimit,
        infraLimit,
        gateLimit,
        yieldLimit,
        backoff,
        gates,
        milestones,
        approvalsGiven,
        false);
  }

  int limitOf(FailureCause cause) {
    return switch (cause) {
      case WORK -> attemptLimit;
      case GATE -> gateLimit;
      case INFRA -> infraLimit;
    };
  }
}
