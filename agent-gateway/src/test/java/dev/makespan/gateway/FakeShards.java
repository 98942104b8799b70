package dev.makespan.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.proto.scheduler.v1.Beat;
import dev.makespan.proto.scheduler.v1.GatewayLinkServiceGrpc;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.proto.scheduler.v1.Say;
import dev.makespan.proto.scheduler.v1.SchedulerHello;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Two replicas, one shard each, that send whoever asks the wrong one to the other. */
final class FakeShards {

  private static final int BEAT_NANOS = 100_000_000;

  /** What a shard has heard. */
  record Heard(int shard, LinkRequest request) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final List<Heard> passedOver = new ArrayList<>();
  private final Map<Integer, StreamObserver<LinkResponse>> links = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> ownerOf = new ConcurrentHashMap<>(Map.of(1, 0, 2, 1));
  private final List<Server> servers = new ArrayList<>();
  private final Set<Integer> stopped = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();

  /** The port of the first replica. */
  int start() throws IOException {
    for (int replica = 0; replica < 2; replica++) {
      servers.add(
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .addService(new Replica(replica))
              .build()
              .start());
    }
    var _ = heart.scheduleAtFixedRate(this::beat, BEAT_NANOS, BEAT_NANOS, TimeUnit.NANOSECONDS);
    return servers.getFirst().getPort();
  }

  private void beat() {
    links.forEach((shard, link) -> {
      if (!stopped.contains(shard)) {
        send(link, LinkResponse.newBuilder().setBeat(Beat.getDefaultInstance()).build());
      }
    });
  }

  /** The owner of a shard is stopped, its connections stay, and the other replica takes over. */
  void stopShard(int shard, int successor) {
    stopped.add(shard);
    ownerOf.put(shard, successor);
  }

  void stop() {
    heart.shutdownNow();
    servers.forEach(Server::shutdownNow);
  }

  /** The replica that owns a shard dies for it, and the other takes over. */
  void moveShard(int shard, int replica) {
    ownerOf.put(shard, replica);
    @Nullable StreamObserver<LinkResponse> lost = links.remove(shard);
    if (lost != null) {
      lost.onError(Status.UNAVAILABLE.withDescription("lost for a test").asRuntimeException());
    }
  }

  void say(int shard, String session, GatewaySays message) {
    @Nullable StreamObserver<LinkResponse> link = links.get(shard);
    if (link != null) {
      send(
          link,
          LinkResponse.newBuilder()
              .setSay(
                  Say.newBuilder().setSessionId(session).setMessage(AgentProto.toProto(message)))
              .build());
    }
  }

  /** A link that has ended hears nothing. */
  private static void send(StreamObserver<LinkResponse> link, LinkResponse message) {
    try {
      synchronized (link) {
        link.onNext(message);
      }
    } catch (IllegalStateException | StatusRuntimeException e) {
      // As if it were lost on the way.
    }
  }

  Heard expect(Predicate<Heard> kind) throws InterruptedException {
    Heard found = find(kind, 1000L * FakeScheduler.PATIENCE_SECONDS);
    if (found == null) {
      throw new AssertionError("not heard; it was heard " + passedOver);
    }
    return found;
  }

  /** Null: nothing of the kind was heard, and for so long nothing at all. */
  @Nullable Heard find(Predicate<Heard> kind, long silenceMillis) throws InterruptedException {
    for (Heard earlier : passedOver) {
      if (kind.test(earlier)) {
        passedOver.remove(earlier);
        return earlier;
      }
    }
    while (true) {
      Heard next = heard.poll(silenceMillis, TimeUnit.MILLISECONDS);
      if (next == null || kind.test(next)) {
        return next;
      }
      passedOver.add(next);
    }
  }

  int expectOpened(String session) throws InterruptedException {
    return expect(h ->
            h.request().hasSessionOpened()
                && h.request().getSessionOpened().getSessionId().equals(session))
        .shard();
  }

  int expectClosed(String session) throws InterruptedException {
    return expect(h ->
            h.request().hasSessionClosed()
                && h.request().getSessionClosed().getSessionId().equals(session))
        .shard();
  }

  private final class Replica extends GatewayLinkServiceGrpc.GatewayLinkServiceImplBase {
    private final int number;

    Replica(int number) {
      this.number = number;
    }

    @Override
    public StreamObserver<LinkRequest> link(StreamObserver<LinkResponse> responses) {
      return new StreamObserver<>() {
        private int shard;

        @Override
        public void onNext(LinkRequest message) {
          if (message.hasHello()) {
            shard = message.getHello().getShard();
            greet(shard, responses);
          } else {
            heard.add(new Heard(shard, message));
          }
          if (message.hasSessionOpened()) {
            say(shard, message.getSessionOpened().getSessionId(), Messages.welcome());
          }
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}
      };
    }

    private void greet(int shard, StreamObserver<LinkResponse> responses) {
      int owner = ownerOf.getOrDefault(shard, 0);
      if (owner != number) {
        responses.onError(
            StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                    .setCode(Code.UNAVAILABLE.getNumber())
                    .addDetails(
                        Any.pack(
                            ErrorInfo.newBuilder()
                                .setReason("NOT_OWNER")
                                .putMetadata("owner", "localhost:" + servers.get(owner).getPort())
                                .build()))
                    .build()));
        return;
      }
      stopped.remove(shard);
      links.put(shard, responses);
      responses.onNext(
          LinkResponse.newBuilder()
              .setHello(
                  SchedulerHello.newBuilder()
                      .setGeneration(1)
                      .setShard(shard)
                      .setShards(2)
                      .setBeatInterval(Duration.newBuilder().setNanos(BEAT_NANOS)))
              .build());
    }
  }
}
