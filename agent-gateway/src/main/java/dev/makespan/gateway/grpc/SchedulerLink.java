package dev.makespan.gateway.grpc;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.gateway.Reports;
import dev.makespan.gateway.Sessions;
import dev.makespan.proto.scheduler.v1.CloseSession;
import dev.makespan.proto.scheduler.v1.GatewayHello;
import dev.makespan.proto.scheduler.v1.GatewayLinkServiceGrpc;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.proto.scheduler.v1.Say;
import dev.makespan.proto.scheduler.v1.SchedulerHello;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The stream to the owner of one shard: opened, and opened again whenever it is lost, at the
 * address that whoever does not own the shard names.
 */
public final class SchedulerLink {

  private static final Logger LOG = Logger.getLogger(SchedulerLink.class);

  /** A successor is there within two seconds: it is looked for all the time. */
  private static final long FIRST_PAUSE_MILLIS = 50;

  private static final int MOST_DOUBLINGS = 3;

  /** So many beats without a word: the owner was stopped, and somebody else will own the shard. */
  private static final int SILENT_BEATS = 5;

  /** How long a scheduler may take to say hello. */
  private static final long HELLO_SECONDS = 2;

  private final String gatewayId;
  private final int shard;
  private final Replicas replicas;
  private final ShardOuts outs;
  private final LinkOut out;
  private final Sessions sessions;
  private final Reports reports;
  private final ScheduledExecutorService clock;
  private final DoubleSupplier chance;
  private final IntConsumer shards;

  private String address;
  private int failures;
  private volatile boolean linked;
  private volatile boolean stopped;

  /**
   * @param shards hears how many shards there are
   */
  SchedulerLink(
      String gatewayId,
      int shard,
      Replicas replicas,
      ShardOuts outs,
      Sessions sessions,
      Reports reports,
      ScheduledExecutorService clock,
      DoubleSupplier chance,
      IntConsumer shards) {
    this.gatewayId = gatewayId;
    this.shard = shard;
    this.replicas = replicas;
    this.address = replicas.first();
    this.outs = outs;
    this.out = outs.to(shard);
    this.sessions = sessions;
    this.reports = reports;
    this.clock = clock;
    this.chance = chance;
    this.shards = shards;
  }

  public boolean isLinked() {
    return linked;
  }

  public void start() {
    clock.execute(this::open);
  }

  public void stop() {
    stopped = true;
  }

  private void open() {
    if (stopped) {
      return;
    }
    ManagedChannel channel = replicas.channel(address);
    channel.resetConnectBackoff();
    FromScheduler from = new FromScheduler();
    StreamObserver<LinkRequest> requests = GatewayLinkServiceGrpc.newStub(channel).link(from);
    requests.onNext(
        LinkRequest.newBuilder()
            .setHello(
                GatewayHello.newBuilder()
                    .setGatewayId(gatewayId)
                    .setShard(shard)
                    .setProtocolVersion(AgentSays.PROTOCOL_VERSION))
            .build());
    var _ = clock.schedule(from::expectHello, HELLO_SECONDS, TimeUnit.SECONDS);
  }

  private void opened(SchedulerHello hello) {
    failures = 0;
    linked = true;
    LOG.infof(
        "Linked to shard %d of %d at %s, generation %d",
        shard, hello.getShards(), address, hello.getGeneration());
    outs.open(shard);
    shards.accept(hello.getShards());
    sessions.linkOpened(shard);
  }

  private void lost(String reason, @Nullable String owner) {
    out.detach();
    outs.shut(shard);
    reports.linkLost();
    sessions.resume();
    if (linked || failures == 0) {
      LOG.warnf("No link to shard %d at %s (%s); trying again", shard, address, reason);
    }
    linked = false;
    boolean named = owner != null && !owner.equals(address) && failures == 0;
    address = owner == null ? replicas.other(address) : owner;
    long pause = named ? 0 : pause();
    failures++;
    var _ = clock.schedule(this::open, pause, TimeUnit.MILLISECONDS);
  }

  /** With full jitter above the first: many gateways look for one successor. */
  private long pause() {
    long most = FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS);
    return Math.round(FIRST_PAUSE_MILLIS / 2.0 + chance.getAsDouble() * most);
  }

  private void say(Say say) {
    SessionId session = new SessionId(say.getSessionId());
    switch (AgentProto.parse(say.getMessage())) {
      case Parsed.Invalid<GatewaySays>(String problem) ->
          LOG.warnf("The scheduler's message for session %s is dropped: %s", session, problem);
      case Parsed.Valid<GatewaySays>(GatewaySays message) -> {
        if (message instanceof GatewaySays.ResultAck ack) {
          reports.acknowledged(session, ack);
        }
        sessions.tell(shard, session, message);
      }
    }
  }

  private void close(CloseSession close) {
    sessions.close(shard, new SessionId(close.getSessionId()), close.getReason());
  }

  /** The scheduler's half of one stream. */
  private final class FromScheduler implements ClientResponseObserver<LinkRequest, LinkResponse> {

    private @Nullable ClientCallStreamObserver<LinkRequest> call;
    private final AtomicInteger silentBeats = new AtomicInteger();
    private volatile boolean greeted;
    private volatile boolean over;

    @Override
    public void beforeStart(ClientCallStreamObserver<LinkRequest> started) {
      call = started;
      started.disableAutoRequestWithInitial(1);
      started.setOnReadyHandler(this::ready);
    }

    private void ready() {
      if (greeted && !over && out.drain()) {
        sessions.resume();
      }
    }

    private void expectHello() {
      if (!greeted && !over && call != null) {
        call.cancel("no hello within " + HELLO_SECONDS + " s", null);
      }
    }

    /** Another beat has passed. */
    private void listen(long beatMillis) {
      if (over || stopped) {
        return;
      }
      if (silentBeats.incrementAndGet() > SILENT_BEATS && call != null) {
        call.cancel("nothing was heard for " + SILENT_BEATS + " beats", null);
        return;
      }
      var _ = clock.schedule(() -> listen(beatMillis), beatMillis, TimeUnit.MILLISECONDS);
    }

    private void listenIfItBeats(SchedulerHello hello) {
      long millis =
          hello.getBeatInterval().getSeconds() * 1_000
              + hello.getBeatInterval().getNanos() / 1_000_000;
      if (millis > 0) {
        listen(millis);
      }
    }

    @Override
    public void onNext(LinkResponse message) {
      silentBeats.set(0);
      if (call == null) {
        return;
      }
      try {
        handle(message, call);
      } catch (IllegalArgumentException e) {
        LOG.warnf("The scheduler's message is dropped: %s", e.getMessage());
      }
      call.request(1);
    }

    private void handle(LinkResponse message, ClientCallStreamObserver<LinkRequest> stream) {
      switch (message.getMessageCase()) {
        case HELLO -> {
          greeted = true;
          out.attach(stream);
          opened(message.getHello());
          listenIfItBeats(message.getHello());
        }
        case SAY -> say(message.getSay());
        case CLOSE_SESSION -> close(message.getCloseSession());
        case BEAT -> {}
        case MESSAGE_NOT_SET -> LOG.debug("The scheduler said something that is not known here");
      }
    }

    @Override
    public void onError(Throwable cause) {
      end(Statuses.reason(cause), Replicas.findOwner(cause));
    }

    @Override
    public void onCompleted() {
      end("the scheduler has closed it", null);
    }

    private void end(String reason, @Nullable String owner) {
      if (!over) {
        over = true;
        if (!stopped) {
          clock.execute(() -> lost(reason, owner));
        }
      }
    }
  }
}
