package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A stream of an agent that says what a test tells it to. */
final class TestAgent implements AutoCloseable {

  private final ManagedChannel channel;
  private final StreamObserver<ConnectRequest> requests;
  private final BlockingQueue<GatewaySays> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();

  private TestAgent(int port, boolean reads) {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    requests = AgentServiceGrpc.newStub(channel).connect(new FromGateway(reads));
  }

  static TestAgent connect(int port) {
    return new TestAgent(port, true);
  }

  static TestAgent welcomed(int port, String session) throws InterruptedException {
    TestAgent agent = connect(port);
    agent.say(Messages.hello(session));
    agent.expect(GatewaySays.Welcome.class);
    return agent;
  }

  /** Reads only the Welcome. */
  static TestAgent thatNeverReads(int port, String session) throws InterruptedException {
    TestAgent agent = new TestAgent(port, false);
    agent.say(Messages.hello(session));
    agent.expect(GatewaySays.Welcome.class);
    return agent;
  }

  void say(AgentSays message) {
    requests.onNext(AgentProto.toProto(message));
  }

  void sayRaw(ConnectRequest message) {
    requests.onNext(message);
  }

  <T extends GatewaySays> T expect(Class<T> kind) throws InterruptedException {
    GatewaySays next = heard.poll(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!kind.isInstance(next)) {
      throw new AssertionError(
          "expected " + kind.getSimpleName() + ", was " + next + ", ended: " + ended.getNow(null));
    }
    return kind.cast(next);
  }

  Status end() {
    return ended.orTimeout(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  boolean isOpen() {
    return !ended.isDone();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class FromGateway
      implements ClientResponseObserver<ConnectRequest, ConnectResponse> {

    private final boolean reads;

    FromGateway(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConnectRequest> call) {
      if (!reads) {
        call.disableAutoRequestWithInitial(1);
      }
    }

    @Override
    public void onNext(ConnectResponse message) {
      if (AgentProto.parse(message) instanceof Parsed.Valid<GatewaySays>(GatewaySays said)) {
        heard.add(said);
      }
    }

    @Override
    public void onError(Throwable cause) {
      ended.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK);
    }
  }
}
