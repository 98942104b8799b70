package dev.makespan.bench.chaos;

import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream on a connection of its own, which ends with it. */
final class AgentLink implements StreamObserver<ConnectResponse> {

  private static final long REPORT_SECONDS = 10;

  private final ManagedChannel channel;
  private final ChaosAgent agent;
  private @Nullable StreamObserver<ConnectRequest> call;
  private boolean over;

  AgentLink(ManagedChannel channel, ChaosAgent agent) {
    this.channel = channel;
    this.agent = agent;
  }

  void open() {
    call = AgentServiceGrpc.newStub(channel).connect(this);
  }

  void say(ConnectRequest message) {
    if (call != null && !over) {
      call.onNext(message);
    }
  }

  /** Beside the stream, on its connection. */
  void report(ReportResultRequest request) {
    AgentServiceGrpc.newStub(channel)
        .withDeadlineAfter(REPORT_SECONDS, TimeUnit.SECONDS)
        .reportResult(
            request,
            new StreamObserver<>() {
              @Override
              public void onNext(ReportResultResponse response) {
                agent.reported(response.getAck());
              }

              @Override
              public void onError(Throwable cause) {
                agent.reported(null);
              }

              @Override
              public void onCompleted() {}
            });
  }

  /** Nothing is heard of it any more. */
  void close() {
    over = true;
    channel.shutdownNow();
  }

  @Override
  public void onNext(ConnectResponse message) {
    if (!over) {
      agent.said(this, message);
    }
  }

  @Override
  public void onError(Throwable cause) {
    end();
  }

  @Override
  public void onCompleted() {
    end();
  }

  private void end() {
    if (!over) {
      agent.ended(this);
    }
  }
}
