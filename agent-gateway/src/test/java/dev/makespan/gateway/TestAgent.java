package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A stream of an agent that says what a test tells it to. */
final class TestAgent implements AutoCloseable {

  /** Says bytes, whether or not they are a message. */
  private static final MethodDescriptor<byte[], ConnectResponse> CONNECT =
      AgentServiceGrpc.getConnectMethod().toBuilder(
              new Bytes(), AgentServiceGrpc.getConnectMethod().getResponseMarshaller())
          .build();

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException("only said, never heard");
    }
  }

  private final ManagedChannel channel;
  private final StreamObserver<byte[]> requests;
  private final BlockingQueue<GatewaySays> heard = new LinkedBlockingQueue<>();
  private final BlockingQueue<Assign> assigned = new LinkedBlockingQueue<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();

  private TestAgent(int port, boolean reads) {
    channel = NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(CONNECT, CallOptions.DEFAULT), new FromGateway(reads));
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
    sayRaw(AgentProto.toProto(message));
  }

  void sayRaw(ConnectRequest message) {
    sayBytes(message.toByteArray());
  }

  void sayBytes(byte[] message) {
    requests.onNext(message);
  }

  /** As fast as the stream takes it, until it was said {@code times} or the stream has ended. */
  void sayMany(byte[] message, int times) {
    for (int i = 0; i < times && isOpen(); i++) {
      while (isOpen() && !((ClientCallStreamObserver<byte[]>) requests).isReady()) {
        LockSupport.parkNanos(100_000);
      }
      requests.onNext(message);
    }
  }

  /** The next assignment as it was on the wire. */
  Assign expectAssign() throws InterruptedException {
    Assign next = assigned.poll(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no assignment was heard; ended: " + ended.getNow(null));
    }
    return next;
  }

  void halfClose() {
    requests.onCompleted();
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

  private final class FromGateway implements ClientResponseObserver<byte[], ConnectResponse> {

    private final boolean reads;

    FromGateway(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<byte[]> call) {
      if (!reads) {
        call.disableAutoRequestWithInitial(1);
      }
    }

    @Override
    public void onNext(ConnectResponse message) {
      if (message.hasAssign()) {
        assigned.add(message.getAssign());
      }
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
