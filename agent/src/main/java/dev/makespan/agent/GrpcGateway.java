package dev.makespan.agent;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.AgentLimits;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.GetTaskSpecRequest;
import dev.makespan.proto.agent.v1.GetTaskSpecResponse;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import dev.makespan.proto.agent.v1.TaskSpec;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A gateway over gRPC. */
final class GrpcGateway implements Gateway {

  /** Finds a half-open connection. */
  private static final long KEEP_ALIVE_SECONDS = 20;

  private static final long REPORT_SECONDS = 15;
  private static final long FLUSH_SECONDS = 2;

  /** Less than an assignment may stay unanswered. */
  private static final long FETCH_SECONDS = 4;

  private final ManagedChannel channel;
  private final GrpcBulk bulk;

  GrpcGateway(String host, int port) {
    channel =
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .directExecutor()
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .build();
    bulk = new GrpcBulk(host, port);
  }

  @Override
  public Bulk bulk() {
    return bulk;
  }

  @Override
  public Stream connect(Listener listener) {
    channel.resetConnectBackoff();
    FromGateway from = new FromGateway(listener, channel);
    StreamObserver<ConnectRequest> requests = AgentServiceGrpc.newStub(channel).connect(from);
    return new GrpcStream((ClientCallStreamObserver<ConnectRequest>) requests, from);
  }

  @Override
  public void report(AgentSays.Hello identity, AgentSays.Result result, Listener listener) {
    channel.resetConnectBackoff();
    AgentServiceGrpc.newStub(channel)
        .withDeadlineAfter(REPORT_SECONDS, TimeUnit.SECONDS)
        .reportResult(
            ReportResultRequest.newBuilder()
                .setSessionId(identity.session().value())
                .setAgentId(identity.agent().value())
                .setResult(AgentProto.resultToProto(result))
                .build(),
            new FromReport(listener, channel.authority()));
  }

  /** Lets what was said leave before the connection goes. */
  @Override
  public void close() {
    bulk.close();
    channel.shutdown();
    try {
      if (!channel.awaitTermination(FLUSH_SECONDS, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static StreamEnd endOf(Throwable cause, String authority) {
    Status status = Status.fromThrowable(cause);
    String reason = reasonOf(status);
    return switch (status.getCode()) {
      case FAILED_PRECONDITION, INVALID_ARGUMENT, UNAUTHENTICATED, PERMISSION_DENIED ->
          new StreamEnd.Rejected("the gateway at " + authority + " refuses this agent: " + reason);
      case ABORTED -> new StreamEnd.Replaced("this agent has been replaced: " + reason);
      case UNIMPLEMENTED ->
          new StreamEnd.NoGateway(
              "no gateway at " + authority + ": whoever answers there has no agent service");
      case OK,
          CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          NOT_FOUND,
          ALREADY_EXISTS,
          RESOURCE_EXHAUSTED,
          OUT_OF_RANGE,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS ->
          new StreamEnd.Lost(authority + ": " + reason);
    };
  }

  /** The network's own words say more than "io exception". */
  static String reasonOf(Status status) {
    String description = status.getDescription();
    Throwable cause = status.getCause();
    String network = cause == null ? null : cause.getMessage();
    if (network != null) {
      return network;
    }
    return description == null ? status.getCode().toString() : description;
  }

  /** What an agent says. Heartbeats and progress are dropped rather than kept: more will come. */
  private record GrpcStream(ClientCallStreamObserver<ConnectRequest> call, FromGateway from)
      implements Stream {

    @Override
    public void say(AgentSays message) {
      if (message instanceof AgentSays.Hello hello) {
        from.session = hello.session().value();
      }
      if (call.isReady() || !isReplaceable(message)) {
        call.onNext(AgentProto.toProto(message));
      }
    }

    private static boolean isReplaceable(AgentSays message) {
      return message instanceof AgentSays.Progress || message instanceof AgentSays.Status;
    }

    @Override
    public void leave() {
      call.onCompleted();
    }

    @Override
    public void hangUp(String reason) {
      call.cancel(reason, null);
    }
  }

  /** The gateway's half of a stream; what an assignment leaves out is fetched beside it. */
  private static final class FromGateway
      implements ClientResponseObserver<ConnectRequest, ConnectResponse> {

    private final Listener listener;
    private final ManagedChannel channel;
    private volatile String session = "";

    FromGateway(Listener listener, ManagedChannel channel) {
      this.listener = listener;
      this.channel = channel;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConnectRequest> call) {}

    @Override
    public void onNext(ConnectResponse message) {
      if (message.hasAssign() && message.getAssign().getSpecBytes() > 0) {
        fetch(message);
      } else {
        heard(message);
      }
    }

    private void heard(ConnectResponse message) {
      switch (AgentProto.parse(message)) {
        case Parsed.Valid<GatewaySays>(GatewaySays said) -> listener.said(said);
        case Parsed.Invalid<GatewaySays>(String problem) ->
            listener.said(new GatewaySays.Nack("the gateway was not understood: " + problem));
      }
    }

    private void fetch(ConnectResponse message) {
      Assign assign = message.getAssign();
      AgentServiceGrpc.newStub(channel)
          .withDeadlineAfter(FETCH_SECONDS, TimeUnit.SECONDS)
          .withMaxInboundMessageSize(AgentLimits.MAX_SPEC_BYTES)
          .getTaskSpec(
              GetTaskSpecRequest.newBuilder()
                  .setSessionId(session)
                  .setTask(assign.getTask())
                  .build(),
              new FromFetch(assign, this));
    }

    private void fetched(Assign assign, TaskSpec spec) {
      heard(
          ConnectResponse.newBuilder()
              .setAssign(assign.toBuilder().setSpec(spec).clearSpecBytes())
              .build());
    }

    private void missed(Assign assign, String reason) {
      if (AgentProto.parse(assign.getTask()) instanceof Parsed.Valid<TaskRef>(TaskRef ref)) {
        listener.missed(ref, "its spec of " + assign.getSpecBytes() + " bytes: " + reason);
      }
    }

    @Override
    public void onError(Throwable cause) {
      listener.ended(endOf(cause, channel.authority()));
    }

    @Override
    public void onCompleted() {
      listener.ended(
          new StreamEnd.Lost(channel.authority() + ": the gateway has closed the stream"));
    }
  }

  private record FromFetch(Assign assign, FromGateway from)
      implements StreamObserver<GetTaskSpecResponse> {

    @Override
    public void onNext(GetTaskSpecResponse response) {
      from.fetched(assign, response.getSpec());
    }

    @Override
    public void onError(Throwable cause) {
      from.missed(assign, reasonOf(Status.fromThrowable(cause)));
    }

    @Override
    public void onCompleted() {}
  }

  private record FromReport(Listener listener, @Nullable String authority)
      implements StreamObserver<ReportResultResponse> {

    @Override
    public void onNext(ReportResultResponse response) {
      if (AgentProto.parse(response.getAck())
          instanceof Parsed.Valid<GatewaySays.ResultAck>(GatewaySays.ResultAck ack)) {
        listener.said(ack);
      }
    }

    @Override
    public void onError(Throwable cause) {
      listener.ended(endOf(cause, String.valueOf(authority)));
    }

    @Override
    public void onCompleted() {}
  }
}
