package dev.makespan.scheduler.grpc;

import com.google.protobuf.Duration;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.scheduler.v1.AgentSaid;
import dev.makespan.proto.scheduler.v1.Beat;
import dev.makespan.proto.scheduler.v1.CloseSession;
import dev.makespan.proto.scheduler.v1.GatewayHello;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.proto.scheduler.v1.Say;
import dev.makespan.proto.scheduler.v1.SchedulerHello;
import dev.makespan.proto.scheduler.v1.SessionClosed;
import dev.makespan.proto.scheduler.v1.SessionOpened;
import dev.makespan.scheduler.Link;
import dev.makespan.scheduler.LinkInput;
import dev.makespan.scheduler.Mail;
import dev.makespan.scheduler.NotHere;
import dev.makespan.scheduler.ShardOwner;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/**
 * One gateway's stream. Inbound, {@link #WINDOW} messages may be on their way to the shard's
 * thread; outbound, {@link Outbound} holds what the gateway is not ready for.
 */
final class LinkStream implements StreamObserver<LinkRequest>, Link {

  /** Messages taken from the stream and not yet by the shard. */
  static final int WINDOW = 256;

  /** So many are taken before as many are asked for: each asking wakes the stream's loop. */
  private static final int LOT = WINDOW / 4;

  private final ShardOwner owner;
  private final CallerContext caller;
  private final ServerCallStreamObserver<LinkResponse> answers;
  private final Outbound outbound;
  private final Runnable onEnd;
  private volatile int shard = 1;
  private volatile String gateway = "";
  private boolean greeted;
  private boolean ended;

  /** Of the shard's thread. */
  private int taken;

  LinkStream(
      ShardOwner owner,
      CallerContext caller,
      ServerCallStreamObserver<LinkResponse> answers,
      Runnable onEnd) {
    this.owner = owner;
    this.caller = caller;
    this.answers = answers;
    this.onEnd = onEnd;
    this.outbound =
        new Outbound(
            caller,
            answers,
            () -> fail(Statuses.exhausted("the gateway reads too slowly; link again")));
  }

  /** To be called where the stream has arrived, before anything is read of it. */
  void begin() {
    answers.disableAutoRequest();
    answers.setOnReadyHandler(outbound::drain);
    answers.setOnCancelHandler(() -> end("the gateway's link was cut"));
    answers.request(WINDOW);
  }

  void refuse(StatusRuntimeException status) {
    ended = true;
    answers.setOnCancelHandler(() -> {});
    answers.onError(status);
  }

  @Override
  public void onNext(LinkRequest request) {
    if (ended) {
      return;
    }
    if (greeted != (request.getMessageCase() != LinkRequest.MessageCase.HELLO)) {
      fail(Statuses.failedPrecondition("hello: expected first, and once"));
      return;
    }
    switch (request.getMessageCase()) {
      case HELLO -> hello(request.getHello());
      case SESSION_OPENED -> opened(request.getSessionOpened());
      case AGENT_SAID -> said(request.getAgentSaid());
      case SESSION_CLOSED -> closed(request.getSessionClosed());
      case MESSAGE_NOT_SET -> answers.request(1);
    }
  }

  private void hello(GatewayHello hello) {
    if (hello.getProtocolVersion() != AgentSays.PROTOCOL_VERSION) {
      fail(
          Statuses.failedPrecondition(
              "protocol_version: expected %d, was %d"
                  .formatted(AgentSays.PROTOCOL_VERSION, hello.getProtocolVersion())));
      return;
    }
    greeted = true;
    shard = Math.max(1, hello.getShard());
    gateway = hello.getGatewayId();
    answers.request(1);
    mail(new Mail.LinkOpened(this));
  }

  private void opened(SessionOpened opened) {
    switch (AgentProto.parse(opened.getHello())) {
      case Parsed.Valid<AgentSays.Hello>(AgentSays.Hello hello) ->
          mail(new Mail.LinkSays(this, new LinkInput.Opened(hello)));
      case Parsed.Invalid<AgentSays.Hello>(String problem) ->
          refuseSession(opened.getSessionId(), problem);
    }
  }

  private void said(AgentSaid said) {
    switch (AgentProto.parse(said.getMessage())) {
      case Parsed.Valid<AgentSays>(AgentSays message) when message instanceof AgentSays.Hello ->
          refuseSession(said.getSessionId(), "hello: expected once, in session_opened");
      case Parsed.Valid<AgentSays>(AgentSays message) ->
          withSession(said.getSessionId(), session -> new LinkInput.Said(session, message));
      case Parsed.Invalid<AgentSays>(String problem) -> nack(said.getSessionId(), problem);
    }
  }

  private void closed(SessionClosed closed) {
    withSession(
        closed.getSessionId(), session -> new LinkInput.Closed(session, closed.getReason()));
  }

  private void withSession(
      String session, java.util.function.Function<SessionId, LinkInput> input) {
    try {
      mail(new Mail.LinkSays(this, input.apply(new SessionId(session))));
    } catch (IllegalArgumentException e) {
      refuseSession(session, String.valueOf(e.getMessage()));
    }
  }

  private void mail(Mail mail) {
    NotHere refusal = owner.offer(mail);
    if (refusal != null) {
      fail(Statuses.of(refusal));
    }
  }

  private void refuseSession(String session, String problem) {
    send(
        LinkResponse.newBuilder()
            .setCloseSession(CloseSession.newBuilder().setSessionId(session).setReason(problem))
            .build());
    answers.request(1);
  }

  private void nack(String session, String problem) {
    send(sayProto(session, new GatewaySays.Nack(problem)));
    answers.request(1);
  }

  @Override
  public void onError(Throwable failure) {
    end("the gateway's link broke");
  }

  @Override
  public void onCompleted() {
    end("the gateway ended its link");
    caller.execute(answers::onCompleted);
  }

  @Override
  public int shard() {
    return shard;
  }

  @Override
  public String gateway() {
    return gateway;
  }

  @Override
  public void welcome(long generation) {
    send(
        LinkResponse.newBuilder()
            .setHello(
                SchedulerHello.newBuilder()
                    .setGeneration(generation)
                    .setShard(shard)
                    .setShards(owner.roster().shards().size())
                    .setBeatInterval(beatInterval()))
            .build());
  }

  private Duration beatInterval() {
    long millis = owner.heartbeat().toMillis();
    return Duration.newBuilder()
        .setSeconds(millis / 1_000)
        .setNanos((int) (millis % 1_000) * 1_000_000)
        .build();
  }

  @Override
  public void beat() {
    send(LinkResponse.newBuilder().setBeat(Beat.getDefaultInstance()).build());
  }

  @Override
  public void say(SessionId session, GatewaySays message) {
    send(sayProto(session.value(), message));
  }

  private static LinkResponse sayProto(String session, GatewaySays message) {
    return LinkResponse.newBuilder()
        .setSay(Say.newBuilder().setSessionId(session).setMessage(AgentProto.toProto(message)))
        .build();
  }

  @Override
  public void closeSession(SessionId session, String reason) {
    send(
        LinkResponse.newBuilder()
            .setCloseSession(
                CloseSession.newBuilder().setSessionId(session.value()).setReason(reason))
            .build());
  }

  @Override
  public void taken() {
    taken++;
    if (taken == LOT) {
      taken = 0;
      caller.execute(() -> {
        if (!ended) {
          answers.request(LOT);
        }
      });
    }
  }

  @Override
  public void lost(String reason) {
    caller.execute(() -> fail(Statuses.unavailable(reason)));
  }

  private void send(LinkResponse response) {
    outbound.add(response);
  }

  /** On the stream's own context. */
  private void fail(StatusRuntimeException status) {
    if (!ended) {
      end(String.valueOf(status.getStatus().getDescription()));
      answers.onError(status);
    }
  }

  private void end(String reason) {
    if (!ended) {
      ended = true;
      outbound.close();
      owner.offer(new Mail.LinkEnded(this, reason));
      onEnd.run();
    }
  }
}
