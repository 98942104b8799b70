package dev.makespan.gateway;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.scheduler.v1.CloseSession;
import dev.makespan.proto.scheduler.v1.GatewayLinkServiceGrpc;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.proto.scheduler.v1.Say;
import dev.makespan.proto.scheduler.v1.SchedulerHello;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A scheduler that says what a test tells it to, and welcomes by itself. */
final class FakeScheduler extends GatewayLinkServiceGrpc.GatewayLinkServiceImplBase {

  static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<LinkRequest> heard = new LinkedBlockingQueue<>();
  private final List<LinkRequest> passedOver = new ArrayList<>();
  private volatile @Nullable StreamObserver<LinkResponse> link;
  private volatile boolean welcomes = true;
  private @Nullable Server server;
  private long generation;

  int start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(this)
            .build()
            .start();
    return server.getPort();
  }

  void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  void welcomes(boolean byItself) {
    welcomes = byItself;
  }

  @Override
  public StreamObserver<LinkRequest> link(StreamObserver<LinkResponse> responses) {
    return new StreamObserver<>() {
      @Override
      public void onNext(LinkRequest message) {
        if (message.hasHello()) {
          link = responses;
          generation++;
          send(
              LinkResponse.newBuilder()
                  .setHello(SchedulerHello.newBuilder().setGeneration(generation))
                  .build());
        }
        if (message.hasSessionOpened() && welcomes) {
          String session = message.getSessionOpened().getSessionId();
          say(
              session,
              session.startsWith(ProtocolCase.QUICK)
                  ? Messages.welcome(Duration.ofMillis(300))
                  : Messages.welcome());
        }
        heard.add(message);
      }

      @Override
      public void onError(Throwable cause) {}

      @Override
      public void onCompleted() {}
    };
  }

  void say(String session, GatewaySays message) {
    send(
        LinkResponse.newBuilder()
            .setSay(Say.newBuilder().setSessionId(session).setMessage(AgentProto.toProto(message)))
            .build());
  }

  void close(String session, String reason) {
    send(
        LinkResponse.newBuilder()
            .setCloseSession(CloseSession.newBuilder().setSessionId(session).setReason(reason))
            .build());
  }

  void loseLink() {
    StreamObserver<LinkResponse> lost = link;
    if (lost != null) {
      lost.onError(Status.UNAVAILABLE.withDescription("lost for a test").asRuntimeException());
    }
  }

  private synchronized void send(LinkResponse message) {
    StreamObserver<LinkResponse> to = link;
    if (to != null) {
      to.onNext(message);
    }
  }

  /** The first message of the kind, waited for; what is passed over is kept for others. */
  LinkRequest expect(Predicate<LinkRequest> kind) throws InterruptedException {
    for (LinkRequest earlier : passedOver) {
      if (kind.test(earlier)) {
        passedOver.remove(earlier);
        return earlier;
      }
    }
    while (true) {
      LinkRequest next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("the scheduler did not hear it; it heard " + passedOver);
      }
      if (kind.test(next)) {
        return next;
      }
      passedOver.add(next);
    }
  }

  LinkRequest expectOpened(String session) throws InterruptedException {
    return expect(message ->
        message.hasSessionOpened() && message.getSessionOpened().getSessionId().equals(session));
  }

  /** Whether it has heard until now that the session was closed. */
  boolean hasHeardClosed(String session) {
    List<LinkRequest> all = new ArrayList<>(passedOver);
    all.addAll(heard);
    return all.stream()
        .anyMatch(
            one -> one.hasSessionClosed() && one.getSessionClosed().getSessionId().equals(session));
  }

  LinkRequest expectClosed(String session) throws InterruptedException {
    return expect(message ->
        message.hasSessionClosed() && message.getSessionClosed().getSessionId().equals(session));
  }

  ConnectRequest expectSaid(String session, ConnectRequest.MessageCase kind)
      throws InterruptedException {
    return expect(message ->
            message.hasAgentSaid()
                && message.getAgentSaid().getSessionId().equals(session)
                && message.getAgentSaid().getMessage().getMessageCase() == kind)
        .getAgentSaid()
        .getMessage();
  }
}
