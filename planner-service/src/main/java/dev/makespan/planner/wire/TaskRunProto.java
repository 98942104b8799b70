package dev.makespan.planner.wire;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.Counters;
import dev.makespan.planner.ObservedTask;
import dev.makespan.proto.run.v1.ReachedMilestone;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run's tasks, from and to their messages. */
final class TaskRunProto {

  private TaskRunProto() {}

  static TaskRun toProto(ObservedTask task) {
    TaskRun.Builder message =
        TaskRun.newBuilder()
            .setTask(task.id().value())
            .setState(TaskState.valueOf("TASK_STATE_" + task.state().name()))
            .setReason(task.reason())
            .setAttemptsCharged(task.counters().attempts())
            .setInfraCharged(task.counters().infra())
            .setGatesCharged(task.counters().gates())
            .setYieldsCharged(task.counters().yields());
    if (task.readyAt() != null) {
      message.setReadyTime(Times.toProto(task.readyAt()));
    }
    message.addAllApprovals(task.approvals()).setLeftOut(task.leftOut());
    task.blockers().forEach(blocker -> message.addBlockers(toProto(blocker)));
    task.attempts().forEach(attempt -> message.addAttempts(AttemptProto.toProto(attempt)));
    task.milestones()
        .forEach((id, at) ->
            message.addMilestones(
                ReachedMilestone.newBuilder()
                    .setMilestone(id.value())
                    .setReachTime(Times.toProto(at))));
    return message.build();
  }

  static ObservedTask fromProto(TaskRun message) {
    Map<MilestoneId, Instant> milestones = new LinkedHashMap<>();
    for (ReachedMilestone reached : message.getMilestonesList()) {
      MilestoneId id = new MilestoneId(reached.getMilestone());
      milestones.put(id, Times.fromProto(reached.getReachTime()));
    }
    return new ObservedTask(
        new TaskId(message.getTask()),
        state(message.getState()),
        message.hasReadyTime() ? Times.fromProto(message.getReadyTime()) : null,
        message.getAttemptsList().stream().map(AttemptProto::fromProto).toList(),
        milestones,
        message.getReason(),
        new Counters(
            message.getAttemptsCharged(),
            message.getInfraCharged(),
            message.getGatesCharged(),
            message.getYieldsCharged()),
        message.getBlockersList().stream().map(TaskRunProto::fromProto).toList(),
        message.getApprovalsList(),
        message.getLeftOut());
  }

  private static dev.makespan.proto.run.v1.Blocker toProto(Blocker blocker) {
    var message =
        dev.makespan.proto.run.v1.Blocker.newBuilder()
            .setId(blocker.id())
            .setText(blocker.text())
            .setFence(blocker.fence())
            .setKept(blocker.kept())
            .setRaiseTime(Times.toProto(blocker.raisedAt()));
    Blocker.Answer answer = blocker.answer();
    if (answer != null) {
      message
          .setAnswer(answer.text())
          .setAnsweredBy(answer.by())
          .setAnswerTime(Times.toProto(answer.at()));
    }
    return message.build();
  }

  private static Blocker fromProto(dev.makespan.proto.run.v1.Blocker message) {
    return new Blocker(
        message.getId(),
        message.getFence(),
        message.getText(),
        message.getKept(),
        Times.fromProto(message.getRaiseTime()),
        message.hasAnswerTime()
            ? new Blocker.Answer(
                message.getAnswer(),
                message.getAnsweredBy(),
                Times.fromProto(message.getAnswerTime()))
            : null);
  }

  private static ObservedTask.State state(TaskState state) {
    return switch (state) {
      case TASK_STATE_WAITING, TASK_STATE_UNSPECIFIED, UNRECOGNIZED -> ObservedTask.State.WAITING;
      case TASK_STATE_READY -> ObservedTask.State.READY;
      case TASK_STATE_LEASED -> ObservedTask.State.LEASED;
      case TASK_STATE_RUNNING -> ObservedTask.State.RUNNING;
      case TASK_STATE_VERIFYING -> ObservedTask.State.VERIFYING;
      case TASK_STATE_INTEGRATING -> ObservedTask.State.INTEGRATING;
      case TASK_STATE_DONE -> ObservedTask.State.DONE;
      case TASK_STATE_BACKOFF -> ObservedTask.State.BACKOFF;
      case TASK_STATE_HELD -> ObservedTask.State.HELD;
      case TASK_STATE_CANCELLING -> ObservedTask.State.CANCELLING;
      case TASK_STATE_CANCELLED -> ObservedTask.State.CANCELLED;
      case TASK_STATE_FAILED -> ObservedTask.State.FAILED;
      case TASK_STATE_SKIPPED -> ObservedTask.State.SKIPPED;
    };
  }
}
