package dev.makespan.bench.chaos;

import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** One stream on a connection of its own, which ends with it. */
final class AgentLink implements StreamObserver<ConnectResponse> {

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

  ManagedChannel channel() {
    return channel;
  }

  void say(ConnectRequest message) {
    if (call != null && !over) {
      call.onNext(message);
    }
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
