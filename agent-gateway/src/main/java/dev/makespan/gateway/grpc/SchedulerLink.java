package dev.makespan.gateway.grpc;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.ReconnectBackoff;
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
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The one stream to the scheduler: opened, and opened again whenever it is lost. */
public final class SchedulerLink {

  private static final Logger LOG = Logger.getLogger(SchedulerLink.class);

  /** A successor is there within two seconds, so no pause is longer. */
  private static final int MOST_FAILURES_COUNTED = 2;

  /** How long a scheduler may take to say hello. */
  private static final long HELLO_SECONDS = 5;

  private final String gatewayId;
  private final ManagedChannel channel;
  private final LinkOut out;
  private final Sessions sessions;
  private final Reports reports;
  private final ScheduledExecutorService clock;
  private final DoubleSupplier chance;

  private int failures;
  private volatile boolean linked;
  private volatile boolean stopped;

  public SchedulerLink(
      String gatewayId,
      ManagedChannel channel,
      LinkOut out,
      Sessions sessions,
      Reports reports,
      ScheduledExecutorService clock,
      DoubleSupplier chance) {
    this.gatewayId = gatewayId;
    this.channel = channel;
    this.out = out;
    this.sessions = sessions;
    this.reports = reports;
    this.clock = clock;
    this.chance = chance;
  }

  public boolean isLinked() {
    return linked;
  }

  public String schedulerAddress() {
    return channel.authority();
  }

  public void start() {
    clock.execute(this::open);
  }

  public void stop() {
    stopped = true;
    channel.shutdownNow();
  }

  private void open() {
    if (stopped) {
      return;
    }
    channel.resetConnectBackoff();
    FromScheduler from = new FromScheduler();
    StreamObserver<LinkRequest> requests = GatewayLinkServiceGrpc.newStub(channel).link(from);
    requests.onNext(
        LinkRequest.newBuilder()
            .setHello(
                GatewayHello.newBuilder()
                    .setGatewayId(gatewayId)
                    .setProtocolVersion(AgentSays.PROTOCOL_VERSION))
            .build());
    var _ = clock.schedule(from::expectHello, HELLO_SECONDS, TimeUnit.SECONDS);
  }

  private void opened(long generation) {
    failures = 0;
    linked = true;
    LOG.infof(
        "Linked to the scheduler at %s, generation %d; %d sessions are announced",
        schedulerAddress(), generation, sessions.size());
    sessions.linkOpened();
  }

  private void lost(String reason) {
    out.detach();
    reports.linkLost();
    if (linked || failures == 0) {
      LOG.warnf("No link to the scheduler at %s (%s); trying again", schedulerAddress(), reason);
    }
    linked = false;
    failures = Math.min(failures + 1, MOST_FAILURES_COUNTED);
    long pause = ReconnectBackoff.pause(failures, chance.getAsDouble()).toMillis();
    var _ = clock.schedule(this::open, pause, TimeUnit.MILLISECONDS);
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
        sessions.tell(session, message);
      }
    }
  }

  private void close(CloseSession close) {
    sessions.close(new SessionId(close.getSessionId()), close.getReason());
  }

  /** The scheduler's half of one stream. */
  private final class FromScheduler implements ClientResponseObserver<LinkRequest, LinkResponse> {

    private @Nullable ClientCallStreamObserver<LinkRequest> call;
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

    @Override
    public void onNext(LinkResponse message) {
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
          opened(message.getHello().getGeneration());
        }
        case SAY -> say(message.getSay());
        case CLOSE_SESSION -> close(message.getCloseSession());
        case MESSAGE_NOT_SET -> LOG.debug("The scheduler said something that is not known here");
      }
    }

    @Override
    public void onError(Throwable cause) {
      end(Statuses.reason(cause));
    }

    @Override
    public void onCompleted() {
      end("the scheduler has closed it");
    }

    private void end(String reason) {
      if (!over) {
        over = true;
        if (!stopped) {
          clock.execute(() -> lost(reason));
        }
      }
    }
  }
}
