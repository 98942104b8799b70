package dev.makespan.scheduler;

import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.TaskRef;
import dev.makespan.proto.scheduler.v1.AgentSaid;
import dev.makespan.proto.scheduler.v1.GatewayHello;
import dev.makespan.proto.scheduler.v1.GatewayLinkServiceGrpc;
import dev.makespan.proto.scheduler.v1.LinkRequest;
import dev.makespan.proto.scheduler.v1.LinkResponse;
import dev.makespan.proto.scheduler.v1.SessionOpened;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A gateway over the real link, whose agents do what a test says. */
final class FakeGateway implements StreamObserver<LinkResponse> {

  private static final int PATIENCE_SECONDS = 20;

  private final StreamObserver<LinkRequest> requests;
  private final LinkedBlockingQueue<LinkResponse> heard = new LinkedBlockingQueue<>();
  private final List<LinkResponse> kept = new ArrayList<>();
  private final CompletableFuture<Throwable> end = new CompletableFuture<>();

  FakeGateway(Channel channel, int protocolVersion) {
    requests = GatewayLinkServiceGrpc.newStub(channel).link(this);
    requests.onNext(
        LinkRequest.newBuilder()
            .setHello(
                GatewayHello.newBuilder().setGatewayId("fake").setProtocolVersion(protocolVersion))
            .build());
  }

  FakeGateway(Channel channel) {
    this(channel, 1);
  }

  void open(String session, String agent, int slots, String... roles) {
    open(session, agent, slots, List.of(), roles);
  }

  void open(String session, String agent, int slots, List<TaskRef> held, String... roles) {
    requests.onNext(
        LinkRequest.newBuilder()
            .setSessionOpened(
                SessionOpened.newBuilder()
                    .setSessionId(session)
                    .setHello(
                        Hello.newBuilder()
                            .setSessionId(session)
                            .setAgentId(agent)
                            .setProtocolVersion(1)
                            .addAllRoles(List.of(roles))
                            .setSlots(slots)
                            .addAllHeld(held)
                            .setSoftware("fake")))
            .build());
  }

  void say(String session, ConnectRequest.Builder message) {
    requests.onNext(
        LinkRequest.newBuilder()
            .setAgentSaid(AgentSaid.newBuilder().setSessionId(session).setMessage(message))
            .build());
  }

  void accept(String session, TaskRef task) {
    say(session, ConnectRequest.newBuilder().setAccept(Accept.newBuilder().setTask(task)));
  }

  void report(String session, TaskRef task, String resultId) {
    say(
        session,
        ConnectRequest.newBuilder()
            .setResult(
                Result.newBuilder()
                    .setTask(task)
                    .setResultId(resultId)
                    .setOutcome(Outcome.OUTCOME_OK)));
  }

  void leave() {
    requests.onCompleted();
  }

  Throwable end() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  long generation() throws InterruptedException {
    return next(LinkResponse::hasHello).getHello().getGeneration();
  }

  Assign assignment() throws InterruptedException {
    return nextSaid(ConnectResponse::hasAssign).getAssign();
  }

  ResultAck ack() throws InterruptedException {
    return nextSaid(ConnectResponse::hasResultAck).getResultAck();
  }

  ConnectResponse nextSaid(Predicate<ConnectResponse> wanted) throws InterruptedException {
    return next(r -> r.hasSay() && wanted.test(r.getSay().getMessage())).getSay().getMessage();
  }

  /** The next message of the wanted kind; others are kept for later. */
  LinkResponse next(Predicate<LinkResponse> wanted) throws InterruptedException {
    for (LinkResponse response : kept) {
      if (wanted.test(response)) {
        kept.remove(response);
        return response;
      }
    }
    while (true) {
      LinkResponse response = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (response == null) {
        throw new AssertionError("nothing was heard");
      }
      if (wanted.test(response)) {
        return response;
      }
      kept.add(response);
    }
  }

  @Override
  public void onNext(LinkResponse response) {
    heard.add(response);
  }

  @Override
  public void onError(Throwable failure) {
    end.complete(failure);
  }

  @Override
  public void onCompleted() {
    end.complete(new IllegalStateException("completed"));
  }
}
