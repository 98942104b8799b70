package dev.makespan.formats.run;

import dev.makespan.core.dispatch.Explanation.RoleAgents;
import dev.makespan.core.dispatch.Explanation.TaskExplanation;
import dev.makespan.core.dispatch.Reason;
import dev.makespan.proto.run.v1.Explanation;
import dev.makespan.proto.run.v1.ReasonKind;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Explanations to proto. */
public final class ExplanationProto {

  private ExplanationProto() {}

  public static Explanation toProto(dev.makespan.core.dispatch.Explanation explanation) {
    Explanation.Builder message =
        Explanation.newBuilder()
            .setRunId(explanation.run().value())
            .setState(StateProto.toProto(explanation.state()))
            .setExplainTime(Times.toProto(explanation.at()))
            .setTasksLeftOut(explanation.tasksLeftOut());
    explanation.tasks().forEach(task -> message.addTasks(toProto(task, explanation.at())));
    explanation.roles().forEach(role -> message.addRoles(toProto(role)));
    return message.build();
  }

  private static dev.makespan.proto.run.v1.RoleAgents toProto(RoleAgents role) {
    return dev.makespan.proto.run.v1.RoleAgents.newBuilder()
        .setRole(role.role().value())
        .setAgents(role.agents())
        .setSlots(role.slots())
        .setFree(role.free())
        .build();
  }

  private static dev.makespan.proto.run.v1.TaskExplanation toProto(
      TaskExplanation task, Instant now) {
    var message =
        dev.makespan.proto.run.v1.TaskExplanation.newBuilder()
            .setTask(task.task().value())
            .setState(TaskState.valueOf("TASK_STATE_" + task.state().toUpperCase(Locale.ROOT)));
    task.reasons().forEach(reason -> message.addReasons(toProto(reason, now)));
    Instant earliest = task.earliestStart();
    if (earliest != null) {
      message.setEarliestStartTime(Times.toProto(earliest));
    }
    return message.build();
  }

  private static dev.makespan.proto.run.v1.Reason toProto(Reason reason, Instant now) {
    var to = dev.makespan.proto.run.v1.Reason.newBuilder().setText(ReasonText.of(reason, now));
    switch (reason) {
      case Reason.NeedOpen r -> {
        to.setKind(ReasonKind.REASON_KIND_NEED_OPEN).setTask(r.task().value());
        if (r.milestone() != null) {
          to.setMilestone(r.milestone().value());
        }
        expect(to, r.expectedAt());
      }
      case Reason.PhaseClosed r -> {
        to.setKind(ReasonKind.REASON_KIND_PHASE_CLOSED)
            .setPhase(r.phase().value())
            .setOpenTasks(r.openTasks())
            .addAllGates(r.closedGates());
        expect(to, r.expectedAt());
      }
      case Reason.LockHeld r -> writeLock(r, to);
      case Reason.ResourceShort r -> {
        to.setKind(ReasonKind.REASON_KIND_RESOURCE_SHORT)
            .setResource(r.resource())
            .setWanted(r.wanted())
            .setFree(r.free())
            .setCapacity(r.capacity());
        expect(to, r.expectedAt());
      }
      case Reason.Claimed r -> {
        to.setKind(ReasonKind.REASON_KIND_CLAIMED).setTask(r.by().value());
        if (r.resource()) {
          to.setResource(r.what());
        } else {
          to.setPath(r.what());
        }
        expect(to, r.expectedAt());
      }
      case Reason.NoAgent r -> writeAgents(r, to);
      case Reason.BackingOff r -> {
        to.setKind(ReasonKind.REASON_KIND_BACKING_OFF);
        expect(to, r.until());
      }
      case Reason.BlockerOpen r ->
          to.setKind(ReasonKind.REASON_KIND_BLOCKER_OPEN).setBlocker(r.blocker());
      case Reason.ApprovalMissing r ->
          to.setKind(ReasonKind.REASON_KIND_APPROVAL_MISSING).addAllGates(r.approvals());
      case Reason.BudgetSpent r -> {
        to.setKind(ReasonKind.REASON_KIND_BUDGET)
            .setBudget(r.limit().kind().key())
            .setUsed(r.limit().used())
            .setLimit(r.limit().limit());
        if (r.task() != null) {
          to.setTask(r.task().value());
        }
      }
      case Reason.WaitsForMerge r -> {
        to.setKind(ReasonKind.REASON_KIND_MERGE)
            .setPosition(r.position())
            .setWaiting(r.waiting())
            .setIntegrators(r.integrators());
        if (r.agent() != null) {
          to.setAgent(r.agent().value());
        }
      }
      case Reason.NeedsPerson _ -> to.setKind(ReasonKind.REASON_KIND_NEEDS_PERSON);
      case Reason.RunIsPaused _ -> to.setKind(ReasonKind.REASON_KIND_RUN_PAUSED);
      case Reason.RunIsCancelling _ -> to.setKind(ReasonKind.REASON_KIND_RUN_CANCELLING);
      case Reason.Stopping r ->
          to.setKind(ReasonKind.REASON_KIND_STOPPING).setAgent(r.agent().value());
      case Reason.NextInLine _ -> to.setKind(ReasonKind.REASON_KIND_NEXT_IN_LINE);
    }
    return to.build();
  }

  private static void writeLock(Reason.LockHeld r, dev.makespan.proto.run.v1.Reason.Builder to) {
    to.setKind(ReasonKind.REASON_KIND_LOCK_HELD)
        .setPath(r.path())
        .setTask(r.holder().value())
        .setAgent(r.agent().value())
        .setSinceTime(Times.toProto(r.since()));
    if (r.leaseUntil() != null) {
      to.setLeaseTime(Times.toProto(r.leaseUntil()));
    }
    expect(to, r.expectedAt());
  }

  private static void writeAgents(Reason.NoAgent r, dev.makespan.proto.run.v1.Reason.Builder to) {
    to.setKind(ReasonKind.REASON_KIND_NO_AGENT)
        .setRole(r.role().value())
        .setConnected(r.connected())
        .setBusy(r.busy())
        .setResting(r.resting())
        .setDraining(r.draining())
        .setSilent(r.silent())
        .setPaused(r.paused());
    expect(to, r.expectedAt());
  }

  private static void expect(dev.makespan.proto.run.v1.Reason.Builder to, @Nullable Instant at) {
    if (at != null) {
      to.setExpectedTime(Times.toProto(at));
    }
  }
}
