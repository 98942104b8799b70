package dev.makespan.gateway.grpc;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.gateway.AgentStream;
import dev.makespan.proto.agent.v1.ConnectResponse;
import io.grpc.stub.ServerCallStreamObserver;
import org.jspecify.annotations.Nullable;

/** A stream over gRPC. Ends once: what comes after is nothing. */
final class GrpcAgentStream implements AgentStream {

  private final ServerCallStreamObserver<ConnectResponse> call;
  private final LargeSpecs largeSpecs;
  private @Nullable SessionId session;
  private boolean over;

  GrpcAgentStream(ServerCallStreamObserver<ConnectResponse> call, LargeSpecs largeSpecs) {
    this.call = call;
    this.largeSpecs = largeSpecs;
  }

  /** The agent has said who it is. */
  void named(SessionId id) {
    session = id;
  }

  @Override
  public boolean isReady() {
    return !over && !call.isCancelled() && call.isReady();
  }

  @Override
  public void send(GatewaySays message) {
    if (!over && !call.isCancelled()) {
      ConnectResponse whole = AgentProto.toProto(message);
      call.onNext(
          message instanceof GatewaySays.Assign assign && session != null
              ? largeSpecs.withoutLargeSpec(session, assign.task(), whole)
              : whole);
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
