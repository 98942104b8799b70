package dev.makespan.scheduler.grpc;

import com.google.protobuf.Timestamp;
import dev.makespan.formats.run.StateProto;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.scheduler.RunSummary;
import java.time.Instant;

/** Runs without their tasks, to proto. */
final class SummaryProto {

  private SummaryProto() {}

  static Run toProto(RunSummary summary) {
    Run.Builder run =
        Run.newBuilder()
            .setId(summary.id().value())
            .setPlanName(summary.planName())
            .setPlanVersion(summary.planVersion())
            .putAllParameters(summary.parameters())
            .setSimulated(summary.simulated())
            .setSpeed(summary.speed())
            .setCreateTime(time(summary.createdAt()))
            .setState(StateProto.toProto(summary.state()))
            .setReason(summary.reason());
    Instant startedAt = summary.startedAt();
    if (startedAt != null) {
      run.setStartTime(time(startedAt));
    }
    Instant finishedAt = summary.finishedAt();
    if (finishedAt != null) {
      run.setFinishTime(time(finishedAt));
    }
    return run.build();
  }

  private static Timestamp time(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
