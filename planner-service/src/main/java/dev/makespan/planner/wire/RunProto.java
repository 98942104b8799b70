package dev.makespan.planner.wire;

import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.BudgetProto;
import dev.makespan.formats.run.MergeProto;
import dev.makespan.planner.ObservedBudget;
import dev.makespan.planner.ObservedCheckpoint;
import dev.makespan.planner.ObservedRun;
import dev.makespan.proto.run.v1.Checkpoint;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunBudget;
import java.util.TreeMap;

/** Runs, from and to their messages. */
public final class RunProto {

  private RunProto() {}

  public static Run toProto(ObservedRun run) {
    Run.Builder message =
        Run.newBuilder()
            .setId(run.id())
            .setPlanName(run.planName())
            .setPlanVersion(run.planVersion())
            .setState(toProto(run.state()))
            .setSpeed(run.speed())
            .setSimulated(run.simulated())
            .setWeight(run.weight())
            .putAllParameters(run.parameters())
            .setCreateTime(Times.toProto(run.createdAt()))
            .setPosition(run.position())
            .setReason(run.reason());
    if (run.startedAt() != null) {
      message.setStartTime(Times.toProto(run.startedAt()));
    }
    if (run.finishedAt() != null) {
      message.setFinishTime(Times.toProto(run.finishedAt()));
    }
    run.tasks().forEach(task -> message.addTasks(TaskRunProto.toProto(task)));
    run.checkpoints().forEach(checkpoint -> message.addCheckpoints(toProto(checkpoint)));
    MergeView merges = run.merges();
    if (merges != null) {
      message.setMerges(MergeProto.toProto(merges));
    }
    ObservedBudget budget = run.budget();
    if (budget != null) {
      message.setBudget(toProto(budget));
    }
    return message.build();
  }

  public static ObservedRun fromProto(Run message) {
    return new ObservedRun(
        message.getId(),
        message.getPlanName(),
        message.getPlanVersion(),
        fromProto(message.getState()),
        message.getSpeed() == 0 ? 1 : message.getSpeed(),
        message.getSimulated(),
        Math.max(RunSpec.MIN_WEIGHT, message.getWeight()),
        new TreeMap<>(message.getParametersMap()),
        Times.fromProto(message.getCreateTime()),
        message.hasStartTime() ? Times.fromProto(message.getStartTime()) : null,
        message.hasFinishTime() ? Times.fromProto(message.getFinishTime()) : null,
        message.getTasksList().stream().map(TaskRunProto::fromProto).toList(),
        message.getCheckpointsList().stream().map(RunProto::fromProto).toList(),
        message.getPosition(),
        message.getReason(),
        message.hasMerges() ? MergeProto.fromProto(message.getMerges()) : null,
        message.hasBudget() ? fromProto(message.getBudget()) : null);
  }

  private static RunBudget toProto(ObservedBudget budget) {
    return RunBudget.newBuilder()
        .setLimit(PlanProto.toProto(budget.limit()))
        .setTokens(budget.tokens())
        .setCost(budget.cost())
        .setAgentHours(budget.agentHours())
        .setExhausted(budget.exhausted())
        .build();
  }

  private static ObservedBudget fromProto(RunBudget message) {
    return new ObservedBudget(
        BudgetProto.limit(message),
        message.getTokens(),
        message.getCost(),
        message.getAgentHours(),
        message.getExhausted());
  }

  private static Checkpoint toProto(ObservedCheckpoint checkpoint) {
    Checkpoint.Builder message =
        Checkpoint.newBuilder()
            .setPhase(checkpoint.phase())
            .setGate(checkpoint.gate())
            .setReached(checkpoint.reached())
            .setBy(checkpoint.by())
            .setNote(checkpoint.note());
    if (checkpoint.approvedAt() != null) {
      message.setApproveTime(Times.toProto(checkpoint.approvedAt()));
    }
    return message.build();
  }

  private static ObservedCheckpoint fromProto(Checkpoint message) {
    return new ObservedCheckpoint(
        message.getPhase(),
        message.getGate(),
        message.getReached(),
        message.getBy(),
        message.getNote(),
        message.hasApproveTime() ? Times.fromProto(message.getApproveTime()) : null);
  }

  private static dev.makespan.proto.run.v1.RunState toProto(RunState state) {
    return switch (state) {
      case RUNNING -> dev.makespan.proto.run.v1.RunState.RUN_STATE_RUNNING;
      case PAUSED -> dev.makespan.proto.run.v1.RunState.RUN_STATE_PAUSED;
      case CANCELLING -> dev.makespan.proto.run.v1.RunState.RUN_STATE_CANCELLING;
      case DONE -> dev.makespan.proto.run.v1.RunState.RUN_STATE_DONE;
      case FAILED -> dev.makespan.proto.run.v1.RunState.RUN_STATE_FAILED;
      case CANCELLED -> dev.makespan.proto.run.v1.RunState.RUN_STATE_CANCELLED;
    };
  }

  /** A state of a newer scheduler reads as running: it is not known to be final. */
  static RunState fromProto(dev.makespan.proto.run.v1.RunState state) {
    return switch (state) {
      case RUN_STATE_RUNNING, RUN_STATE_UNSPECIFIED, UNRECOGNIZED -> RunState.RUNNING;
      case RUN_STATE_PAUSED -> RunState.PAUSED;
      case RUN_STATE_CANCELLING -> RunState.CANCELLING;
      case RUN_STATE_DONE -> RunState.DONE;
      case RUN_STATE_FAILED -> RunState.FAILED;
      case RUN_STATE_CANCELLED -> RunState.CANCELLED;
    };
  }
}
