package dev.makespan.planner.wire;

import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.formats.run.AttemptTracesProto;
import dev.makespan.proto.run.v1.AttemptOutcome;
import java.util.List;
import java.util.TreeMap;

/** Attempts, from and to their messages. */
final class AttemptProto {

  private AttemptProto() {}

  static dev.makespan.proto.run.v1.Attempt toProto(Attempt attempt) {
    dev.makespan.proto.run.v1.Attempt.Builder message =
        dev.makespan.proto.run.v1.Attempt.newBuilder()
            .setNumber(attempt.number())
            .setAgent(attempt.agent().value())
            .setFence(attempt.fence())
            .setLeaseTime(Times.toProto(attempt.leasedAt()))
            .setOutcome(toProto(attempt.outcome()))
            .setMessage(attempt.message())
            .putAllMetrics(attempt.metrics())
            .setCheckpoint(attempt.checkpoint())
            .setCommit(attempt.delivery().commit())
            .putAllOutputs(attempt.delivery().outputs());
    if (!attempt.delivery().traces().equals(Traces.NONE)) {
      message.setTraces(AttemptTracesProto.toProto(attempt.delivery().traces()));
    }
    for (Attempt.Grant grant : attempt.granted()) {
      grant.files().forEach(file -> message.addGrantedFiles(FileAccessProto.toProto(file)));
    }
    if (attempt.startedAt() != null) {
      message.setStartTime(Times.toProto(attempt.startedAt()));
    }
    if (attempt.finishedAt() != null) {
      message.setFinishTime(Times.toProto(attempt.finishedAt()));
    }
    return message.build();
  }

  static Attempt fromProto(dev.makespan.proto.run.v1.Attempt message) {
    return new Attempt(
        message.getNumber(),
        new AgentId(message.getAgent()),
        message.getFence(),
        Times.fromProto(message.getLeaseTime()),
        message.hasStartTime() ? Times.fromProto(message.getStartTime()) : null,
        message.hasFinishTime() ? Times.fromProto(message.getFinishTime()) : null,
        fromProto(message.getOutcome()),
        message.getMessage(),
        "",
        new TreeMap<>(message.getMetricsMap()),
        message.getCheckpoint(),
        granted(message),
        new Delivery(
            message.getCommit(),
            new TreeMap<>(message.getOutputsMap()),
            AttemptTracesProto.fromProto(message.getTraces())));
  }

  /** Clients see the files and not the agent's names for what it asked. */
  private static List<Attempt.Grant> granted(dev.makespan.proto.run.v1.Attempt message) {
    return message.getGrantedFilesList().isEmpty()
        ? List.of()
        : List.of(
            new Attempt.Grant(
                "",
                message.getGrantedFilesList().stream().map(FileAccessProto::fromProto).toList()));
  }

  static AttemptOutcome toProto(Attempt.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> AttemptOutcome.ATTEMPT_OUTCOME_UNSPECIFIED;
      case DONE -> AttemptOutcome.ATTEMPT_OUTCOME_DONE;
      case FAILED -> AttemptOutcome.ATTEMPT_OUTCOME_FAILED;
      case REJECTED -> AttemptOutcome.ATTEMPT_OUTCOME_REJECTED;
      case LOST -> AttemptOutcome.ATTEMPT_OUTCOME_LOST;
      case RETURNED -> AttemptOutcome.ATTEMPT_OUTCOME_RETURNED;
      case CANCELLED -> AttemptOutcome.ATTEMPT_OUTCOME_CANCELLED;
      case BLOCKED -> AttemptOutcome.ATTEMPT_OUTCOME_BLOCKED;
    };
  }

  static Attempt.Outcome fromProto(AttemptOutcome outcome) {
    return switch (outcome) {
      case ATTEMPT_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> Attempt.Outcome.OPEN;
      case ATTEMPT_OUTCOME_DONE -> Attempt.Outcome.DONE;
      case ATTEMPT_OUTCOME_FAILED -> Attempt.Outcome.FAILED;
      case ATTEMPT_OUTCOME_REJECTED -> Attempt.Outcome.REJECTED;
      case ATTEMPT_OUTCOME_LOST -> Attempt.Outcome.LOST;
      case ATTEMPT_OUTCOME_RETURNED -> Attempt.Outcome.RETURNED;
      case ATTEMPT_OUTCOME_CANCELLED -> Attempt.Outcome.CANCELLED;
      case ATTEMPT_OUTCOME_BLOCKED -> Attempt.Outcome.BLOCKED;
    };
  }
}
