package dev.makespan.agent;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.GetTaskSpecRequest;
import dev.makespan.proto.agent.v1.GetTaskSpecResponse;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import dev.makespan.proto.agent.v1.TaskSpec;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that says what a test tells it to, and welcomes by itself unless told what to fail
 * with.
 */
final class FakeGateway extends AgentServiceGrpc.AgentServiceImplBase implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<AgentSays> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<ReportResultRequest> reports = new LinkedBlockingQueue<>();
  private final BlockingQueue<Integer> left = new LinkedBlockingQueue<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final Server server;
  private volatile @Nullable StreamObserver<ConnectResponse> stream;
  private volatile @Nullable Status refusal;
  private volatile @Nullable TaskSpec largeSpec;
  private volatile boolean welcomes = true;

  FakeGateway() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  void refuses(@Nullable Status status) {
    refusal = status;
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
    int number = streams.incrementAndGet();
    return new StreamObserver<>() {
      @Override
      public void onNext(ConnectRequest message) {
        if (AgentProto.parse(message) instanceof Parsed.Valid<AgentSays>(AgentSays said)) {
          heard(said, responses);
        }
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {
        left.add(number);
        responses.onCompleted();
      }
    };
  }

  private void heard(AgentSays said, StreamObserver<ConnectResponse> responses) {
    if (said instanceof AgentSays.Hello hello) {
      greeted(hello, responses);
    }
    heard.add(said);
  }

  private void greeted(AgentSays.Hello hello, StreamObserver<ConnectResponse> responses) {
    Status refused = refusal;
    if (refused != null) {
      responses.onError(refused.asRuntimeException());
      return;
    }
    stream = responses;
    if (welcomes) {
      welcome(hello);
    }
  }

  void welcomes(boolean byItself) {
    welcomes = byItself;
  }

  void welcome(AgentSays.Hello hello) {
    List<GatewaySays.HeldDecision> held =
        hello.held().stream().map(ref -> new GatewaySays.HeldDecision(ref, true)).toList();
    say(
        new GatewaySays.Welcome(
            held, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(5)));
  }

  @Override
  public void reportResult(
      ReportResultRequest request, StreamObserver<ReportResultResponse> response) {
    reports.add(request);
    response.onNext(
        ReportResultResponse.newBuilder()
            .setAck(
                AgentProto.ackToProto(
                    new GatewaySays.ResultAck(
                        FakeGateway.result(request).task(),
                        request.getResult().getResultId(),
                        GatewaySays.Verdict.COMMITTED,
                        "")))
            .build());
    response.onCompleted();
  }

  /** Says an assignment without its spec, which is to be fetched; null: it can't be. */
  void assignByReference(GatewaySays.Assign assign, boolean isThere) {
    ConnectResponse whole = AgentProto.toProto(assign);
    largeSpec = isThere ? whole.getAssign().getSpec() : null;
    StreamObserver<ConnectResponse> to = stream;
    if (to != null) {
      to.onNext(
          whole.toBuilder()
              .setAssign(whole.getAssign().toBuilder().clearSpec().setSpecBytes(100_000))
              .build());
    }
  }

  @Override
  public void getTaskSpec(
      GetTaskSpecRequest request, StreamObserver<GetTaskSpecResponse> response) {
    TaskSpec spec = largeSpec;
    if (spec == null || request.getSessionId().isEmpty()) {
      response.onError(Status.NOT_FOUND.withDescription("not kept").asRuntimeException());
      return;
    }
    response.onNext(GetTaskSpecResponse.newBuilder().setSpec(spec).build());
    response.onCompleted();
  }

  /** The number of the next stream that its agent leaves; null: none within {@code millis}. */
  @Nullable Integer nextLeft(long millis) throws InterruptedException {
    return left.poll(millis, TimeUnit.MILLISECONDS);
  }

  private static AgentSays.Result result(ReportResultRequest request) {
    return switch (AgentProto.parse(request.getResult())) {
      case Parsed.Valid<AgentSays.Result>(AgentSays.Result result) -> result;
      case Parsed.Invalid<AgentSays.Result>(String problem) -> throw new AssertionError(problem);
    };
  }

  synchronized void say(GatewaySays message) {
    StreamObserver<ConnectResponse> to = stream;
    if (to != null) {
      to.onNext(AgentProto.toProto(message));
    }
  }

  void end(Status status) {
    StreamObserver<ConnectResponse> to = stream;
    if (to != null) {
      to.onError(status.asRuntimeException());
    }
  }

  <T extends AgentSays> T expect(Class<T> kind) throws InterruptedException {
    AgentSays next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!kind.isInstance(next)) {
      throw new AssertionError("expected " + kind.getSimpleName() + ", was " + next);
    }
    return kind.cast(next);
  }

  ReportResultRequest expectReport() throws InterruptedException {
    ReportResultRequest report = reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (report == null) {
      throw new AssertionError("no result was reported beside the stream");
    }
    return report;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
