package dev.makespan.formats.run;

import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.proto.run.v1.BudgetSet;
import dev.makespan.proto.run.v1.CheckpointApproved;
import dev.makespan.proto.run.v1.MergesHeld;
import dev.makespan.proto.run.v1.MergesReleased;
import dev.makespan.proto.run.v1.RunAmended;
import dev.makespan.proto.run.v1.RunCancelRequested;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunPaused;
import dev.makespan.proto.run.v1.RunReopened;
import dev.makespan.proto.run.v1.RunResumed;
import dev.makespan.proto.run.v1.RunStarted;

/** Entries of a run's journal from and to proto. The message does not name its run. */
public final class RunEventProto {

  private RunEventProto() {}

  public static dev.makespan.proto.run.v1.RunEvent toProto(RunEvent event) {
    var message =
        dev.makespan.proto.run.v1.RunEvent.newBuilder()
            .setPosition(event.position())
            .setEventTime(Times.toProto(event.at()));
    switch (event.change()) {
      case RunEvent.RunStarted c ->
          message.setRunStarted(RunStarted.newBuilder().setWeight(c.weight()).build());
      case RunEvent.RunPaused c ->
          message.setRunPaused(RunPaused.newBuilder().setReason(c.reason()).build());
      case RunEvent.RunReopened c ->
          message.setRunReopened(RunReopened.newBuilder().setReason(c.reason()));
      case RunEvent.RunResumed _ -> message.setRunResumed(RunResumed.getDefaultInstance());
      case RunEvent.BudgetSet c ->
          message.setBudgetSet(
              BudgetSet.newBuilder().setLimit(PlanProto.toProto(c.limit())).setBy(c.by()));
      case RunEvent.RunAmended c ->
          message.setRunAmended(
              RunAmended.newBuilder()
                  .setPlan(PlanProto.toProto(c.plan()))
                  .setPlanVersion(c.planVersion())
                  .build());
      case RunEvent.CheckpointApproved c ->
          message.setCheckpointApproved(
              CheckpointApproved.newBuilder()
                  .setPhase(c.phase().value())
                  .setGate(c.gate())
                  .setBy(c.by())
                  .setNote(c.note())
                  .build());
      case RunEvent.RunCancelRequested c ->
          message.setRunCancelRequested(
              RunCancelRequested.newBuilder().setReason(c.reason()).build());
      case RunEvent.RunFinished c ->
          message.setRunFinished(
              RunFinished.newBuilder()
                  .setState(StateProto.toProto(c.state()))
                  .setReason(c.reason())
                  .build());
      case RunEvent.BatchFormed c -> message.setBatchFormed(MergeProto.formed(c));
      case RunEvent.BatchEnded c -> message.setBatchEnded(MergeProto.ended(c));
      case RunEvent.MergesHeld c ->
          message.setMergesHeld(MergesHeld.newBuilder().setReason(c.reason()).setBy(c.by()));
      case RunEvent.MergesReleased c ->
          message.setMergesReleased(MergesReleased.newBuilder().setBy(c.by()));
      case RunEvent.MergesReordered c -> message.setMergesReordered(MergeProto.reordered(c));
      case RunEvent.TaskChanged c ->
          TaskEventProto.write(c.event(), message.setTask(c.task().value()));
    }
    return message.build();
  }

  /**
   * One entry of the run's journal.
   *
   * @throws IllegalArgumentException if the message holds no event, or one with a bad value: it was
   *     not written by {@link #toProto}
   */
  public static RunEvent fromProto(RunId run, dev.makespan.proto.run.v1.RunEvent message) {
    return new RunEvent(
        run, message.getPosition(), Times.fromProto(message.getEventTime()), change(message));
  }

  private static Change change(dev.makespan.proto.run.v1.RunEvent message) {
    return switch (message.getEventCase()) {
      case RUN_STARTED -> {
        int weight = message.getRunStarted().getWeight();
        yield new RunEvent.RunStarted(weight == 0 ? RunSpec.MIN_WEIGHT : weight);
      }
      case RUN_PAUSED -> new RunEvent.RunPaused(message.getRunPaused().getReason());
      case RUN_REOPENED -> new RunEvent.RunReopened(message.getRunReopened().getReason());
      case RUN_RESUMED -> new RunEvent.RunResumed();
      case BUDGET_SET ->
          new RunEvent.BudgetSet(
              PlanProto.fromProto(message.getBudgetSet().getLimit()),
              message.getBudgetSet().getBy());
      case RUN_AMENDED -> amended(message.getRunAmended());
      case BATCH_FORMED -> MergeProto.formed(message.getBatchFormed());
      case BATCH_ENDED -> MergeProto.ended(message.getBatchEnded());
      case MERGES_HELD ->
          new RunEvent.MergesHeld(
              message.getMergesHeld().getReason(), message.getMergesHeld().getBy());
      case MERGES_RELEASED -> new RunEvent.MergesReleased(message.getMergesReleased().getBy());
      case MERGES_REORDERED -> MergeProto.reordered(message.getMergesReordered());
      case CHECKPOINT_APPROVED -> approved(message.getCheckpointApproved());
      case RUN_CANCEL_REQUESTED ->
          new RunEvent.RunCancelRequested(message.getRunCancelRequested().getReason());
      case RUN_FINISHED ->
          new RunEvent.RunFinished(
              StateProto.fromProto(message.getRunFinished().getState()),
              message.getRunFinished().getReason());
      default -> {
        TaskEvent event = TaskEventProto.read(message);
        yield new RunEvent.TaskChanged(new TaskId(message.getTask()), event);
      }
    };
  }

  private static Change amended(RunAmended amended) {
    return new RunEvent.RunAmended(
        PlanProto.fromProto(amended.getPlan()), amended.getPlanVersion());
  }

  private static Change approved(CheckpointApproved approved) {
    return new RunEvent.CheckpointApproved(
        new PhaseId(approved.getPhase()), approved.getGate(), approved.getBy(), approved.getNote());
  }
}
