package dev.makespan.planner.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.planner.Operation;
import dev.makespan.planner.Progress;
import dev.makespan.planner.Question;
import dev.makespan.proto.plan.v1.OperationState;

/** Operations and their progress, from and to their messages. */
public final class OperationProto {

  private OperationProto() {}

  public static dev.makespan.proto.plan.v1.Operation toProto(Operation operation) {
    dev.makespan.proto.plan.v1.Operation.Builder message =
        dev.makespan.proto.plan.v1.Operation.newBuilder()
            .setId(operation.id())
            .setPlanName(operation.plan().name())
            .setPlanVersion(operation.plan().version())
            .setQuestion(QuestionProto.toProto(operation.question()))
            .setState(toProto(operation.state()))
            .setProgress(toProto(operation.progress()))
            .setCreateTime(Times.toProto(operation.createdAt()));
    if (operation.finishedAt() != null) {
      message.setFinishTime(Times.toProto(operation.finishedAt()));
    }
    if (operation.failure() != null) {
      message
          .setFailureReason(operation.failure().reason())
          .setFailure(operation.failure().message());
    }
    return message.build();
  }

  public static dev.makespan.proto.plan.v1.Question toProto(Question question) {
    return QuestionProto.toProto(question);
  }

  public static dev.makespan.proto.plan.v1.Progress toProto(Progress progress) {
    dev.makespan.proto.plan.v1.Progress.Builder message =
        dev.makespan.proto.plan.v1.Progress.newBuilder()
            .setDone(progress.done())
            .setTotal(progress.total())
            .setGapPercent(progress.gapPercent());
    if (progress.makespan() != null) {
      message.setMakespan(Times.toProto(progress.makespan()));
    }
    if (progress.lowerBound() != null) {
      message.setLowerBound(Times.toProto(progress.lowerBound()));
    }
    return message.build();
  }

  /** A stored question. */
  public static Question question(byte[] stored) {
    try {
      return QuestionProto.fromProto(dev.makespan.proto.plan.v1.Question.parseFrom(stored))
          .orElseThrow(() -> new IllegalStateException("a stored question asks nothing"));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored question is damaged", e);
    }
  }

  /** A stored progress; empty bytes stand for none. */
  public static Progress progress(byte[] stored) {
    try {
      dev.makespan.proto.plan.v1.Progress message =
          dev.makespan.proto.plan.v1.Progress.parseFrom(stored);
      return new Progress(
          message.getDone(),
          message.getTotal(),
          message.hasMakespan() ? Times.fromProto(message.getMakespan()) : null,
          message.hasLowerBound() ? Times.fromProto(message.getLowerBound()) : null);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored progress is damaged", e);
    }
  }

  private static OperationState toProto(Operation.State state) {
    return switch (state) {
      case RUNNING -> OperationState.OPERATION_STATE_RUNNING;
      case DONE -> OperationState.OPERATION_STATE_DONE;
      case FAILED -> OperationState.OPERATION_STATE_FAILED;
      case CANCELLED -> OperationState.OPERATION_STATE_CANCELLED;
    };
  }
}
