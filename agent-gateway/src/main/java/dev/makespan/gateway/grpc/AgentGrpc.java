package dev.makespan.gateway.grpc;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.LiveSession;
import dev.makespan.gateway.Reports;
import dev.makespan.gateway.Sessions;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.GetTaskSpecRequest;
import dev.makespan.proto.agent.v1.GetTaskSpecResponse;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import dev.makespan.proto.agent.v1.TaskSpec;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The agents' service, as a grpc-java service and not with Mutiny: only so do both directions have
 * flow control, without which an agent that never reads fills the heap.
 */
@GrpcService
public class AgentGrpc implements BindableService, AgentServiceGrpc.AsyncService {

  private final Sessions sessions;
  private final Reports reports;
  private final LargeSpecs largeSpecs;
  private final Vertx vertx;

  public AgentGrpc(Sessions sessions, Reports reports, LargeSpecs largeSpecs, Vertx vertx) {
    this.sessions = sessions;
    this.reports = reports;
    this.largeSpecs = largeSpecs;
    this.vertx = vertx;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return TolerantMarshalling.of(AgentServiceGrpc.bindService(this));
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
    ServerCallStreamObserver<ConnectResponse> call =
        (ServerCallStreamObserver<ConnectResponse>) responses;
    call.disableAutoRequest();
    GrpcAgentStream stream = new GrpcAgentStream(call, largeSpecs);
    LiveSession session = sessions.open(stream, loop());
    if (session == null) {
      call.onError(Statuses.unavailable("this gateway takes no more streams; come back"));
      return new Ignoring();
    }
    call.setOnReadyHandler(session::streamReady);
    call.setOnCancelHandler(() -> session.streamEnded("the agent has gone"));
    stream.request();
    return new FromAgent(session, stream);
  }

  private Executor loop() {
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(ignored -> task.run());
  }

  @Override
  public void reportResult(
      ReportResultRequest request, StreamObserver<ReportResultResponse> response) {
    switch (Parsed.of(() -> ids(request))) {
      case Parsed.Invalid<SessionId>(String problem) ->
          response.onError(Statuses.malformed(problem));
      case Parsed.Valid<SessionId>(SessionId session) -> {
        switch (AgentProto.parse(request.getResult())) {
          case Parsed.Invalid<AgentSays.Result>(String problem) ->
              response.onError(Statuses.malformed(problem));
          case Parsed.Valid<AgentSays.Result>(AgentSays.Result result) -> {
            Executor loop = loop();
            reports.report(session, result, answer -> loop.execute(() -> answer(answer, response)));
          }
        }
      }
    }
  }

  private static SessionId ids(ReportResultRequest request) {
    AgentId agent = new AgentId(request.getAgentId());
    if (agent.value().isEmpty()) {
      throw new IllegalArgumentException("agent id: expected a name");
    }
    return new SessionId(request.getSessionId());
  }

  private static void answer(Reports.Answer answer, StreamObserver<ReportResultResponse> response) {
    switch (answer) {
      case Reports.Answer.Acknowledged acknowledged -> {
        response.onNext(
            ReportResultResponse.newBuilder()
                .setAck(AgentProto.ackToProto(acknowledged.ack()))
                .build());
        response.onCompleted();
      }
      case Reports.Answer.Unanswered unanswered ->
          response.onError(Statuses.unavailable(unanswered.reason()));
    }
  }

  @Override
  public void getTaskSpec(
      GetTaskSpecRequest request, StreamObserver<GetTaskSpecResponse> response) {
    switch (Parsed.of(() -> find(request))) {
      case Parsed.Invalid<Optional<TaskSpec>>(String problem) ->
          response.onError(Statuses.malformed(problem));
      case Parsed.Valid<Optional<TaskSpec>>(Optional<TaskSpec> found) ->
          found.ifPresentOrElse(
              spec -> {
                response.onNext(GetTaskSpecResponse.newBuilder().setSpec(spec).build());
                response.onCompleted();
              },
              () -> response.onError(Statuses.notFound("no such spec is kept here")));
    }
  }

  private Optional<TaskSpec> find(GetTaskSpecRequest request) {
    SessionId session = new SessionId(request.getSessionId());
    return switch (AgentProto.parse(request.getTask())) {
      case Parsed.Invalid<TaskRef>(String problem) -> throw new IllegalArgumentException(problem);
      case Parsed.Valid<TaskRef>(TaskRef ref) -> Optional.ofNullable(largeSpecs.find(session, ref));
    };
  }

  /** The agent's half of a stream. */
  private record FromAgent(LiveSession session, GrpcAgentStream stream)
      implements StreamObserver<ConnectRequest> {

    @Override
    public void onNext(ConnectRequest message) {
      if (message.hasHello()
          && message.getHello().getProtocolVersion() != AgentSays.PROTOCOL_VERSION) {
        session.agentSpeaks(message.getHello().getProtocolVersion());
        return;
      }
      switch (AgentProto.parse(message)) {
        case Parsed.Valid<AgentSays>(AgentSays said) -> {
          if (said instanceof AgentSays.Hello hello) {
            stream.named(hello.session());
          }
          session.agentSaid(said);
        }
        case Parsed.Invalid<AgentSays>(String problem) -> session.agentMumbled(problem);
      }
    }

    @Override
    public void onError(Throwable cause) {
      session.streamEnded(Statuses.reason(cause));
    }

    /** Half-closed: an agent that says no more has left. */
    @Override
    public void onCompleted() {
      session.streamEnded("the agent has left");
      stream.complete();
    }
  }

  /** The agent's half of a stream that was refused. */
  private record Ignoring() implements StreamObserver<ConnectRequest> {
    @Override
    public void onNext(ConnectRequest message) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
