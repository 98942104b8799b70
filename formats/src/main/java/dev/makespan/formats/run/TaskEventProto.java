package dev.makespan.formats.run;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.FailureCause;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.proto.run.v1.AttemptFailed;
import dev.makespan.proto.run.v1.AttemptTraces;
import dev.makespan.proto.run.v1.BlockerAnswered;
import dev.makespan.proto.run.v1.BlockerRaised;
import dev.makespan.proto.run.v1.FilesGranted;
import dev.makespan.proto.run.v1.MilestoneReached;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.TaskApproved;
import dev.makespan.proto.run.v1.TaskCancelRequested;
import dev.makespan.proto.run.v1.TaskCancelled;
import dev.makespan.proto.run.v1.TaskCheckpointed;
import dev.makespan.proto.run.v1.TaskDone;
import dev.makespan.proto.run.v1.TaskFailed;
import dev.makespan.proto.run.v1.TaskHeld;
import dev.makespan.proto.run.v1.TaskLeased;
import dev.makespan.proto.run.v1.TaskQueued;
import dev.makespan.proto.run.v1.TaskReady;
import dev.makespan.proto.run.v1.TaskReopened;
import dev.makespan.proto.run.v1.TaskReported;
import dev.makespan.proto.run.v1.TaskReturned;
import dev.makespan.proto.run.v1.TaskSkipped;
import dev.makespan.proto.run.v1.TaskStarted;
import dev.makespan.proto.run.v1.TaskUsed;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What happened to a task, as one case of the event message. */
final class TaskEventProto {

  private TaskEventProto() {}

  static void write(TaskEvent event, RunEvent.Builder to) {
    switch (event) {
      case TaskEvent.Ready _ -> to.setTaskReady(TaskReady.getDefaultInstance());
      case TaskEvent.Leased e ->
          to.setTaskLeased(
              TaskLeased.newBuilder()
                  .setAgent(e.agent().value())
                  .setFence(e.fence())
                  .setAttempt(e.attempt()));
      case TaskEvent.Returned e ->
          to.setTaskReturned(TaskReturned.newBuilder().setFence(e.fence()).setReason(e.reason()));
      case TaskEvent.Started e -> to.setTaskStarted(TaskStarted.newBuilder().setFence(e.fence()));
      case TaskEvent.MilestoneReached e ->
          to.setMilestoneReached(
              MilestoneReached.newBuilder()
                  .setFence(e.fence())
                  .setMilestone(e.milestone().value()));
      case TaskEvent.Reported e -> to.setTaskReported(reported(e));
      case TaskEvent.AttemptFailed e -> to.setAttemptFailed(attemptFailed(e));
      case TaskEvent.Queued e -> to.setTaskQueued(TaskQueued.newBuilder().setFence(e.fence()));
      case TaskEvent.Done e -> to.setTaskDone(TaskDone.newBuilder().setFence(e.fence()));
      case TaskEvent.Failed e -> to.setTaskFailed(failed(e));
      case TaskEvent.Held e -> to.setTaskHeld(TaskHeld.newBuilder().setReason(e.reason()));
      case TaskEvent.CancelRequested e ->
          to.setTaskCancelRequested(TaskCancelRequested.newBuilder().setFence(e.fence()));
      case TaskEvent.Cancelled e ->
          to.setTaskCancelled(TaskCancelled.newBuilder().setReason(e.reason()));
      case TaskEvent.Skipped e ->
          to.setTaskSkipped(
              TaskSkipped.newBuilder().setReason(e.reason()).setByPerson(e.byPerson()));
      case TaskEvent.BlockerRaised e ->
          to.setBlockerRaised(
              BlockerRaised.newBuilder()
                  .setFence(e.fence())
                  .setBlocker(e.blocker())
                  .setText(e.text())
                  .setKept(e.kept()));
      case TaskEvent.BlockerAnswered e ->
          to.setBlockerAnswered(
              BlockerAnswered.newBuilder().setBlocker(e.blocker()).setText(e.text()).setBy(e.by()));
      case TaskEvent.Checkpointed e ->
          to.setTaskCheckpointed(
              TaskCheckpointed.newBuilder().setFence(e.fence()).setText(e.text()));
      case TaskEvent.Used e ->
          to.setTaskUsed(
              TaskUsed.newBuilder()
                  .setFence(e.fence())
                  .setInputTokens(e.usage().inputTokens())
                  .setOutputTokens(e.usage().outputTokens())
                  .setCost(e.usage().cost()));
      case TaskEvent.FilesGranted e ->
          to.setFilesGranted(
              FilesGranted.newBuilder()
                  .setFence(e.fence())
                  .setRequest(e.request())
                  .addAllFiles(e.files().stream().map(FileAccessProto::toProto).toList()));
      case TaskEvent.Approved e ->
          to.setTaskApproved(
              TaskApproved.newBuilder().setApproval(e.approval()).setBy(e.by()).setNote(e.note()));
      case TaskEvent.Reopened e ->
          to.setTaskReopened(TaskReopened.newBuilder().setReason(e.reason()));
    }
  }

  private static TaskReported.Builder reported(TaskEvent.Reported e) {
    TaskReported.Builder message =
        TaskReported.newBuilder()
            .setFence(e.fence())
            .setResultId(e.resultId())
            .putAllMetrics(e.metrics())
            .setCommit(e.delivery().commit())
            .putAllOutputs(e.delivery().outputs());
    ifAny(e.delivery().traces(), message::setTraces);
    return message;
  }

  /** Most results of simulated work tell nothing, and the journal is read often. */
  private static void ifAny(Traces traces, Consumer<AttemptTraces> to) {
    if (!traces.equals(Traces.NONE)) {
      to.accept(AttemptTracesProto.toProto(traces));
    }
  }

  private static AttemptFailed attemptFailed(TaskEvent.AttemptFailed e) {
    AttemptFailed.Builder message =
        AttemptFailed.newBuilder()
            .setFence(e.fence())
            .setCause(cause(e.cause()))
            .setMessage(e.message())
            .setBackoff(Times.toProto(e.backoff()))
            .setResultId(e.resultId());
    ifAny(e.traces(), message::setTraces);
    return message.build();
  }

  private static TaskFailed failed(TaskEvent.Failed e) {
    TaskFailed.Builder message =
        TaskFailed.newBuilder()
            .setFence(e.fence())
            .setCause(cause(e.cause()))
            .setMessage(e.message())
            .setResultId(e.resultId());
    ifAny(e.traces(), message::setTraces);
    return message.build();
  }

  static TaskEvent read(RunEvent from) {
    return switch (from.getEventCase()) {
      case TASK_READY -> new TaskEvent.Ready();
      case TASK_LEASED -> leased(from.getTaskLeased());
      case TASK_RETURNED ->
          new TaskEvent.Returned(
              from.getTaskReturned().getFence(), from.getTaskReturned().getReason());
      case TASK_STARTED -> new TaskEvent.Started(from.getTaskStarted().getFence());
      case MILESTONE_REACHED ->
          new TaskEvent.MilestoneReached(
              from.getMilestoneReached().getFence(),
              new MilestoneId(from.getMilestoneReached().getMilestone()));
      case TASK_REPORTED -> reported(from.getTaskReported());
      case ATTEMPT_FAILED -> attemptFailed(from.getAttemptFailed());
      case TASK_QUEUED -> new TaskEvent.Queued(from.getTaskQueued().getFence());
      case TASK_DONE -> new TaskEvent.Done(from.getTaskDone().getFence());
      case TASK_FAILED -> failed(from.getTaskFailed());
      case TASK_HELD -> new TaskEvent.Held(from.getTaskHeld().getReason());
      case TASK_CANCEL_REQUESTED ->
          new TaskEvent.CancelRequested(from.getTaskCancelRequested().getFence());
      case TASK_CANCELLED -> new TaskEvent.Cancelled(from.getTaskCancelled().getReason());
      case TASK_SKIPPED ->
          new TaskEvent.Skipped(
              from.getTaskSkipped().getReason(), from.getTaskSkipped().getByPerson());
      case BLOCKER_RAISED -> raised(from.getBlockerRaised());
      case BLOCKER_ANSWERED ->
          new TaskEvent.BlockerAnswered(
              from.getBlockerAnswered().getBlocker(),
              from.getBlockerAnswered().getText(),
              from.getBlockerAnswered().getBy());
      case TASK_CHECKPOINTED ->
          new TaskEvent.Checkpointed(
              from.getTaskCheckpointed().getFence(), from.getTaskCheckpointed().getText());
      case TASK_USED -> used(from.getTaskUsed());
      case FILES_GRANTED -> granted(from.getFilesGranted());
      case TASK_APPROVED ->
          new TaskEvent.Approved(
              from.getTaskApproved().getApproval(),
              from.getTaskApproved().getBy(),
              from.getTaskApproved().getNote());
      case TASK_REOPENED -> new TaskEvent.Reopened(from.getTaskReopened().getReason());
      case RUN_STARTED,
          RUN_PAUSED,
          RUN_RESUMED,
          RUN_REOPENED,
          RUN_AMENDED,
          BUDGET_SET,
          CHECKPOINT_APPROVED,
          BATCH_FORMED,
          BATCH_ENDED,
          MERGES_HELD,
          MERGES_RELEASED,
          MERGES_REORDERED,
          RUN_CANCEL_REQUESTED,
          RUN_FINISHED,
          EVENT_NOT_SET ->
          throw new IllegalArgumentException(
              "event: expected one of a task, was " + from.getEventCase());
    };
  }

  private static TaskEvent reported(TaskReported reported) {
    return new TaskEvent.Reported(
        reported.getFence(),
        reported.getResultId(),
        reported.getMetricsMap(),
        new Delivery(
            reported.getCommit(),
            new TreeMap<>(reported.getOutputsMap()),
            AttemptTracesProto.fromProto(reported.getTraces())));
  }

  private static TaskEvent raised(BlockerRaised raised) {
    return new TaskEvent.BlockerRaised(
        raised.getFence(), raised.getBlocker(), raised.getText(), raised.getKept());
  }

  private static TaskEvent used(TaskUsed used) {
    return new TaskEvent.Used(
        used.getFence(),
        new Traces.Usage(used.getInputTokens(), used.getOutputTokens(), used.getCost()));
  }

  private static TaskEvent granted(FilesGranted granted) {
    return new TaskEvent.FilesGranted(
        granted.getFence(),
        granted.getRequest(),
        granted.getFilesList().stream().map(FileAccessProto::fromProto).toList());
  }

  private static TaskEvent leased(TaskLeased leased) {
    return new TaskEvent.Leased(
        new AgentId(leased.getAgent()), leased.getFence(), leased.getAttempt());
  }

  private static TaskEvent attemptFailed(AttemptFailed e) {
    return new TaskEvent.AttemptFailed(
        e.getFence(),
        cause(e.getCause()),
        e.getMessage(),
        Times.fromProto(e.getBackoff()),
        e.getResultId(),
        AttemptTracesProto.fromProto(e.getTraces()));
  }

  private static TaskEvent failed(TaskFailed e) {
    return new TaskEvent.Failed(
        e.getFence(),
        cause(e.getCause()),
        e.getMessage(),
        e.getResultId(),
        AttemptTracesProto.fromProto(e.getTraces()));
  }

  private static dev.makespan.proto.run.v1.FailureCause cause(FailureCause cause) {
    return switch (cause) {
      case WORK -> dev.makespan.proto.run.v1.FailureCause.FAILURE_CAUSE_WORK;
      case INFRA -> dev.makespan.proto.run.v1.FailureCause.FAILURE_CAUSE_INFRA;
      case GATE -> dev.makespan.proto.run.v1.FailureCause.FAILURE_CAUSE_GATE;
    };
  }

  private static FailureCause cause(dev.makespan.proto.run.v1.FailureCause cause) {
    return switch (cause) {
      case FAILURE_CAUSE_WORK -> FailureCause.WORK;
      case FAILURE_CAUSE_INFRA -> FailureCause.INFRA;
      case FAILURE_CAUSE_GATE -> FailureCause.GATE;
      case FAILURE_CAUSE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("cause: expected work, infra or gate, was " + cause);
    };
  }
}
