package dev.makespan.examples.upload;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.ListRunsResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.StartRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The planner's door, as any client sees it. */
record Planner(ManagedChannel channel) {

  private static final int DEADLINE_SECONDS = 30;
  private static final int PAGE = 1_000;
  private static final Duration AWAY = Duration.ofMillis(500);

  /** What came of asking for a run. */
  sealed interface Answer {

    record Started(long run) implements Answer {}

    /** Enough runs wait already, or the planner is away for a moment. */
    record Later(Duration delay, boolean full) implements Answer {}
  }

  StoredPlan create(Path file) throws IOException {
    return PlanServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .createPlan(
            CreatePlanRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setSource(
                    PlanSource.newBuilder()
                        .setFileName(String.valueOf(file.getFileName()))
                        .setContent(ByteString.copyFrom(Files.readAllBytes(file))))
                .setAcceptWarnings(true)
                .build())
        .getPlan();
  }

  /** Asks for a run; with the same {@code requestId} again it is the same run. */
  Answer start(String requestId, StoredPlan plan, Map<String, String> parameters) {
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setRequestId(requestId)
            .setPlanName(plan.getName())
            .setPlanVersion(plan.getVersion())
            .putAllParameters(parameters)
            .build();
    try {
      return new Answer.Started(runs().startRun(request).getRun().getId());
    } catch (StatusRuntimeException e) {
      return later(e).orElseThrow(() -> e);
    }
  }

  private static Optional<Answer> later(StatusRuntimeException e) {
    Status.Code code = e.getStatus().getCode();
    return switch (code) {
      case RESOURCE_EXHAUSTED -> Optional.of(new Answer.Later(delayOf(e), true));
      case UNAVAILABLE, DEADLINE_EXCEEDED -> Optional.of(new Answer.Later(AWAY, false));
      default -> Optional.empty();
    };
  }

  /** What the server says of when to come back. */
  private static Duration delayOf(StatusRuntimeException e) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status != null) {
      for (com.google.protobuf.Any detail : status.getDetailsList()) {
        if (detail.is(RetryInfo.class)) {
          try {
            com.google.protobuf.Duration delay = detail.unpack(RetryInfo.class).getRetryDelay();
            return Duration.ofSeconds(delay.getSeconds(), delay.getNanos());
          } catch (com.google.protobuf.InvalidProtocolBufferException damaged) {
            return AWAY;
          }
        }
      }
    }
    return AWAY;
  }

  Run run(long id) {
    return runs().getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun();
  }

  /** Runs of a plan, newest first, a page at a time, without their tasks. */
  ListRunsResponse runsOf(String plan, String pageToken) {
    return runs()
        .listRuns(
            ListRunsRequest.newBuilder()
                .setPlanName(plan)
                .setPageSize(PAGE)
                .setPageToken(pageToken)
                .build());
  }

  private RunServiceGrpc.RunServiceBlockingStub runs() {
    return RunServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}
