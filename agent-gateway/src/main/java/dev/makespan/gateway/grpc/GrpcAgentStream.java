package dev.makespan.gateway.grpc;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.gateway.AgentStream;
import dev.makespan.proto.agent.v1.ConnectResponse;
import io.grpc.stub.ServerCallStreamObserver;

/** A stream over gRPC. Ends once: what comes after is nothing. */
final class GrpcAgentStream implements AgentStream {

  private final ServerCallStreamObserver<ConnectResponse> call;
  private boolean over;

  GrpcAgentStream(ServerCallStreamObserver<ConnectResponse> call) {
    this.call = call;
  }

  @Override
  public boolean isReady() {
    return !over && !call.isCancelled() && call.isReady();
  }

  @Override
  public void send(GatewaySays message) {
    if (!over && !call.isCancelled()) {
      call.onNext(AgentProto.toProto(message));
    }
  }

  @Override
  public void close(Ending ending, String reason) {
    if (!over && !call.isCancelled()) {
      over = true;
      call.onError(Statuses.of(ending, reason));
    }
  }

  void complete() {
    if (!over && !call.isCancelled()) {
      over = true;
      call.onCompleted();
    }
  }

  @Override
  public void request() {
    if (!over && !call.isCancelled()) {
      call.request(1);
    }
  }
}
