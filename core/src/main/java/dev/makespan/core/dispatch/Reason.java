package dev.makespan.core.dispatch;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Exhausted;
import dev.makespan.core.task.AgentId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a task is not running. */
public sealed interface Reason {

  /**
   * Something that it needs is not done.
   *
   * @param milestone the part that is enough; null: all of it
   * @param state of the task that is needed
   * @param expectedAt null: nobody can say
   */
  record NeedOpen(
      TaskId task, @Nullable MilestoneId milestone, String state, @Nullable Instant expectedAt)
      implements Reason {}

  /**
   * An earlier phase keeps it waiting.
   *
   * @param openTasks of that phase
   * @param closedGates that a person has to open once they are done
   */
  record PhaseClosed(
      PhaseId phase, int openTasks, List<String> closedGates, @Nullable Instant expectedAt)
      implements Reason {
    public PhaseClosed {
      closedGates = List.copyOf(closedGates);
    }
  }

  /**
   * Somebody else has a file that it touches.
   *
   * @param leaseUntil null: the work is over and waits for its gates
   * @param expectedAt when the holder is expected to be done; null: nobody can say
   */
  record LockHeld(
      String path,
      TaskId holder,
      AgentId agent,
      Instant since,
      @Nullable Instant leaseUntil,
      @Nullable Instant expectedAt)
      implements Reason {}

  /**
   * A file or a shared thing is kept for somebody who goes first.
   *
   * @param what a path, or the name of a resource
   * @param live the other runs and has asked for it; else it has waited longest and is about to
   *     start
   * @param expectedAt when the other is expected to be done; null: nobody can say
   */
  record Claimed(
      String what, boolean resource, TaskId by, boolean live, @Nullable Instant expectedAt)
      implements Reason {}

  /**
   * A shared thing is used up.
   *
   * @param expectedAt when enough of it is expected to be free; null: nobody can say
   */
  record ResourceShort(
      String resource, int wanted, int free, int capacity, @Nullable Instant expectedAt)
      implements Reason {}

  /**
   * No agent of its role takes it now.
   *
   * @param connected agents of that role
   * @param busy have no free slot
   * @param resting gave this task back and are left alone with it for a while
   * @param draining take nothing new
   * @param silent whose lease ran out, and who have said nothing since
   * @param paused by people
   * @param expectedAt when a slot is expected to be free; null: nobody can say
   */
  record NoAgent(
      Role role,
      int connected,
      int busy,
      int resting,
      int draining,
      int silent,
      int paused,
      @Nullable Instant expectedAt)
      implements Reason {}

  /** It pauses between two attempts. */
  record BackingOff(Instant until, String why) implements Reason {}

  /** Its agent has asked something that nobody has answered. */
  record BlockerOpen(String blocker, String text, boolean kept) implements Reason {}

  /** What was reported waits for people. */
  record ApprovalMissing(List<String> approvals) implements Reason {
    public ApprovalMissing {
      approvals = List.copyOf(approvals);
    }
  }

  /** It needs a person. */
  record NeedsPerson(String why) implements Reason {}

  /** Its run is paused. */
  record RunIsPaused(String why) implements Reason {}

  /**
   * A budget is used up, and a person decides.
   *
   * @param task whose budget it is; null: the run's
   */
  record BudgetSpent(@Nullable TaskId task, Exhausted limit) implements Reason {}

  /**
   * Its work is accepted and waits to be merged.
   *
   * @param position in the queue from 1; 0: it is being merged
   * @param waiting how many wait
   * @param agent that merges; null: nobody does
   * @param integrators agents that could merge
   * @param hold why a person lets nothing be merged; empty: nobody does
   * @param trouble why merging waits for another try or a person; empty: it does not
   */
  record WaitsForMerge(
      int position,
      int waiting,
      @Nullable AgentId agent,
      int integrators,
      String hold,
      String trouble)
      implements Reason {}

  /** Its run is being cancelled. */
  record RunIsCancelling(String why) implements Reason {}

  /** Its agent has been told to stop. */
  record Stopping(AgentId agent) implements Reason {}

  /** Nothing keeps it; others go first at this moment. */
  record NextInLine() implements Reason {}
}
