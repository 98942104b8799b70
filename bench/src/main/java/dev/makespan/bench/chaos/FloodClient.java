package dev.makespan.bench.chaos;

import com.google.protobuf.ByteString;
import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanSource;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.StartRunRequest;
import dev.makespan.proto.run.v1.WatchRunRequest;
import dev.makespan.proto.run.v1.WatchRunResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.TimeUnit;

/** Starts one run, watches it without ever reading, and cancels it. */
final class FloodClient implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  /** A run of many tasks comes back in one message. */
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  private final ManagedChannel channel;

  FloodClient(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
  }

  long start(String plan, ByteString yaml) {
    PlanServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .createPlan(
            CreatePlanRequest.newBuilder()
                .setSource(PlanSource.newBuilder().setFileName(plan + ".yaml").setContent(yaml))
                .setAcceptWarnings(true)
                .build());
    return runs()
        .startRun(StartRunRequest.newBuilder().setPlanName(plan).setRequestId(plan + "-1").build())
        .getRun()
        .getId();
  }

  private RunServiceGrpc.RunServiceBlockingStub runs() {
    return RunServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Until the client is closed, or the planner drops it. */
  void watchWithoutReading(long run) {
    RunServiceGrpc.newStub(channel)
        .watchRun(
            WatchRunRequest.newBuilder().setRunId(run).build(),
            new ClientResponseObserver<WatchRunRequest, WatchRunResponse>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<WatchRunRequest> call) {
                call.disableAutoRequestWithInitial(1);
              }

              @Override
              public void onNext(WatchRunResponse first) {}

              @Override
              public void onError(Throwable cause) {}

              @Override
              public void onCompleted() {}
            });
  }

  void cancel(long run) {
    var _ = runs().cancelRun(CancelRunRequest.newBuilder().setRunId(run).setReason("over").build());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
