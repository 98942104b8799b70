package dev.makespan.gateway;

import static dev.makespan.gateway.Messages.ref;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.proto.agent.v1.AgentServiceGrpc;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.GetTaskSpecRequest;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.ReportResultRequest;
import dev.makespan.proto.agent.v1.ReportResultResponse;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.scheduler.v1.SessionOpened;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
class AgentGatewayTest {

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeScheduler scheduler() {
    if (injected == null) {
      throw new AssertionError("no scheduler was injected");
    }
    return injected;
  }

  @Test
  void anAssignmentGoesOutAndItsResultComesBack() throws InterruptedException {
    try (TestAgent agent = TestAgent.welcomed(port(), "whole")) {
      scheduler().expectOpened("whole");
      scheduler().say("whole", Messages.assign(ref(1)));
      agent.expect(GatewaySays.Assign.class);
      agent.say(new AgentSays.Accept(ref(1)));
      scheduler().expectSaid("whole", ConnectRequest.MessageCase.ACCEPT);

      agent.say(Messages.result(ref(1), "r-1"));
      scheduler().expectSaid("whole", ConnectRequest.MessageCase.RESULT);
      scheduler()
          .say(
              "whole", new GatewaySays.ResultAck(ref(1), "r-1", GatewaySays.Verdict.COMMITTED, ""));

      assertThat(agent.expect(GatewaySays.ResultAck.class).verdict())
          .isEqualTo(GatewaySays.Verdict.COMMITTED);
    }
  }

  @Test
  void anAgentThatLeavesIsReportedAsGone() throws InterruptedException {
    TestAgent agent = TestAgent.welcomed(port(), "leaving");

    agent.close();

    scheduler().expectClosed("leaving");
  }

  @Test
  void whenTheLinkIsLostEverySessionIsSaidAgainWithWhatItHolds() throws InterruptedException {
    try (TestAgent one = TestAgent.welcomed(port(), "again-1");
        TestAgent two = TestAgent.welcomed(port(), "again-2")) {
      scheduler().expectOpened("again-1");
      scheduler().expectOpened("again-2");
      scheduler().say("again-1", Messages.assign(ref(5)));
      one.expect(GatewaySays.Assign.class);
      one.say(new AgentSays.Accept(ref(5)));
      scheduler().expectSaid("again-1", ConnectRequest.MessageCase.ACCEPT);

      scheduler().loseLink();

      SessionOpened again = scheduler().expectOpened("again-1").getSessionOpened();
      scheduler().expectOpened("again-2");
      assertThat(again.getHello().getHeldList()).hasSize(1);
      assertThat(again.getHello().getHeld(0).getFence()).isEqualTo(5);
      assertThat(one.isOpen()).isTrue();
      two.say(new AgentSays.Capacity(1));
      scheduler().expectSaid("again-2", ConnectRequest.MessageCase.CAPACITY);
    }
  }

  @Test
  void aResultBeforeTheAcceptClosesThatStreamAlone() throws InterruptedException {
    try (TestAgent hasty = TestAgent.welcomed(port(), "hasty");
        TestAgent other = TestAgent.welcomed(port(), "patient")) {
      scheduler().say("hasty", Messages.assign(ref(1)));
      hasty.expect(GatewaySays.Assign.class);

      hasty.say(Messages.result(ref(1), "r-1"));

      Status end = hasty.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(end.getDescription()).contains("expected Accept or Refuse", "was Result");
      scheduler().expectClosed("hasty");
      other.say(new AgentSays.Capacity(1));
      scheduler().expectSaid("patient", ConnectRequest.MessageCase.CAPACITY);
    }
  }

  @Test
  void aSecondHelloClosesTheStream() throws InterruptedException {
    try (TestAgent agent = TestAgent.welcomed(port(), "twice")) {

      agent.say(Messages.hello("twice"));

      assertThat(agent.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }
  }

  @Test
  void anotherProtocolVersionIsToldWhatIsExpected() {
    try (TestAgent agent = TestAgent.connect(port())) {

      agent.sayRaw(
          ConnectRequest.newBuilder()
              .setHello(
                  AgentProto.helloToProto(Messages.hello("future")).toBuilder()
                      .setProtocolVersion(9))
              .build());

      Status end = agent.end();
      assertThat(end.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(end.getDescription())
          .contains("speaks protocol version 9", "this gateway speaks 1");
    }
  }

  @Test
  void aMalformedHelloIsInvalidAndAMalformedMessageIsNacked() throws InterruptedException {
    try (TestAgent nobody = TestAgent.connect(port());
        TestAgent agent = TestAgent.welcomed(port(), "mumbling")) {

      nobody.sayRaw(
          ConnectRequest.newBuilder()
              .setHello(Hello.newBuilder().setProtocolVersion(1).setSessionId("a b"))
              .build());
      agent.sayRaw(
          ConnectRequest.newBuilder()
              .setProgress(
                  Progress.newBuilder()
                      .setTask(
                          AgentProto.toProto(new AgentSays.Accept(ref(1))).getAccept().getTask())
                      .setPercent(101))
              .build());

      assertThat(nobody.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(agent.expect(GatewaySays.Nack.class).reason()).contains("percent", "101");
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aNewerStreamOfTheSessionTakesThePlaceAndANewerSessionToo() throws InterruptedException {
    try (TestAgent older = TestAgent.welcomed(port(), "moving");
        TestAgent newer = TestAgent.welcomed(port(), "moving")) {
      assertThat(older.end().getCode()).isEqualTo(Status.Code.ABORTED);
      assertThat(newer.isOpen()).isTrue();

      scheduler().close("moving", "a newer session of the agent was opened");

      assertThat(newer.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }
  }

  @Test
  void anAgentThatNeverReadsIsDroppedAndHurtsNobody() throws InterruptedException {
    try (TestAgent deaf = TestAgent.thatNeverReads(port(), "deaf");
        TestAgent other = TestAgent.welcomed(port(), "hearing")) {
      String long1 = "x".repeat(1_000);

      for (int i = 0; i < 20_000; i++) {
        scheduler().say("deaf", new GatewaySays.Nack(long1));
      }

      scheduler().expectClosed("deaf");
      scheduler().say("hearing", Messages.assign(ref(1)));
      other.expect(GatewaySays.Assign.class);
      assertThat(deaf.isOpen()).isTrue();
    }
  }

  @Test
  void anOlderStreamServesUntilTheNextIsWelcomedAndTheSessionIsNeverGone()
      throws InterruptedException {
    try (TestAgent older = TestAgent.welcomed(port(), "handed-over");
        TestAgent newer = TestAgent.connect(port())) {
      scheduler().expectOpened("handed-over");
      scheduler().welcomes(false);
      newer.say(Messages.hello("handed-over"));
      scheduler().expectOpened("handed-over");

      scheduler().say("handed-over", Messages.assign(ref(1)));
      older.expect(GatewaySays.Assign.class);
      scheduler().say("handed-over", Messages.welcome());
      scheduler().say("handed-over", Messages.assign(ref(2)));

      newer.expect(GatewaySays.Welcome.class);
      assertThat(newer.expect(GatewaySays.Assign.class).task()).isEqualTo(ref(2));
      assertThat(older.end().getCode()).isEqualTo(Status.Code.ABORTED);
      newer.say(new AgentSays.Capacity(1));
      scheduler().expectSaid("handed-over", ConnectRequest.MessageCase.CAPACITY);
      assertThat(scheduler().hasHeardClosed("handed-over")).isFalse();
    } finally {
      scheduler().welcomes(true);
    }
    scheduler().expectClosed("handed-over");
  }

  @Test
  void aNextStreamThatIsNeverWelcomedDoesNotTakeTheOlderAway() throws InterruptedException {
    try (TestAgent older = TestAgent.welcomed(port(), "kept")) {
      scheduler().welcomes(false);
      try (TestAgent newer = TestAgent.connect(port())) {
        newer.say(Messages.hello("kept"));
        assertThat(newer.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }

      scheduler().say("kept", Messages.assign(ref(1)));

      older.expect(GatewaySays.Assign.class);
      assertThat(scheduler().hasHeardClosed("kept")).isFalse();
    } finally {
      scheduler().welcomes(true);
    }
  }

  @Test
  void tenThousandMessagesToAnAgentThatNeverReadsLeaveTheHeapFlat() throws InterruptedException {
    try (TestAgent deaf = TestAgent.thatNeverReads(port(), "deaf-and-heavy");
        TestAgent other = TestAgent.welcomed(port(), "beside-the-deaf")) {
      long before = usedHeap();

      for (int i = 0; i < 10_000; i++) {
        scheduler().say("deaf-and-heavy", new GatewaySays.Nack(i + "x".repeat(4_000)));
      }

      scheduler().expectClosed("deaf-and-heavy");
      scheduler().say("beside-the-deaf", Messages.assign(ref(1)));
      other.expect(GatewaySays.Assign.class);
      assertThat(usedHeap() - before).as("of 40 MB that were said").isLessThan(16L << 20);
      assertThat(deaf.isOpen()).as("it has not read how its stream ended").isTrue();
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  void aLargeSpecIsFetchedBesideTheStreamByItsOwnSessionAlone() throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = TestAgent.welcomed(port(), "reading")) {
      scheduler().say("reading", Messages.largeAssign(ref(1), 100_000));
      scheduler().say("reading", Messages.assign(ref(2)));

      Assign large = agent.expectAssign();
      Assign small = agent.expectAssign();

      assertThat(large.hasSpec()).isFalse();
      assertThat(large.getSpecBytes()).isGreaterThan(100_000);
      assertThat(small.hasSpec()).isTrue();
      var stub = AgentServiceGrpc.newBlockingStub(channel);
      GetTaskSpecRequest own =
          GetTaskSpecRequest.newBuilder().setSessionId("reading").setTask(large.getTask()).build();
      assertThat(stub.getTaskSpec(own).getSpec().getScript()).hasSize(100_000);
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.getTaskSpec(own.toBuilder().setSessionId("another").build()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void anAgentIsTurnedAwayWhenNoSchedulerWelcomesIt() {
    scheduler().welcomes(false);
    try (TestAgent agent = TestAgent.connect(port())) {

      agent.say(Messages.hello("unwelcome"));

      assertThat(agent.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    } finally {
      scheduler().welcomes(true);
    }
  }

  @Test
  void aResultComesBesideTheStream() throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try {
      CompletableFuture<ReportResultResponse> answer =
          CompletableFuture.supplyAsync(() ->
              AgentServiceGrpc.newBlockingStub(channel).reportResult(report("beside", "r-9")));
      scheduler().expectSaid("beside", ConnectRequest.MessageCase.RESULT);
      scheduler()
          .say(
              "beside",
              new GatewaySays.ResultAck(ref(9), "r-9", GatewaySays.Verdict.SUPERSEDED, "late"));

      assertThat(answer.join().getAck().getVerdict())
          .isEqualTo(ResultVerdict.RESULT_VERDICT_SUPERSEDED);
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aReportOfNobodyIsInvalid() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try {
      var stub = AgentServiceGrpc.newBlockingStub(channel);

      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> stub.reportResult(ReportResultRequest.getDefaultInstance()));

      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ReportResultRequest report(String session, String id) {
    return ReportResultRequest.newBuilder()
        .setSessionId(new SessionId(session).value())
        .setAgentId("reporter")
        .setResult(AgentProto.resultToProto(Messages.result(ref(9), id)))
        .build();
  }

  @Test
  void itIsReadyWhenItIsLinked() throws InterruptedException {
    try (TestAgent agent = TestAgent.welcomed(port(), "linked")) {

      int status = given().port(port()).get("/q/health/ready").statusCode();

      assertThat(agent.isOpen()).isTrue();
      assertThat(status).isEqualTo(200);
    }
  }
}
