package dev.makespan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.proto.agent.v1.ConnectRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case over a live stream, beside an agent that must not notice. */
@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
class ProtocolCasesOverTheStreamTest {

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeScheduler scheduler() {
    return Objects.requireNonNull(injected);
  }

  @ParameterizedTest
  @MethodSource("dev.makespan.gateway.ProtocolCase#all")
  void theStreamAnswersAsItShouldAndTheOthersDoNotNotice(ProtocolCase bad)
      throws InterruptedException {
    try (TestAgent other = TestAgent.welcomed(port(), "beside-" + bad.session());
        TestAgent agent = TestAgent.connect(port())) {
      for (ProtocolCase.Step step : bad.steps()) {
        take(bad.session(), step, agent);
      }

      expect(bad, agent);
      other.say(new AgentSays.Capacity(1));
      scheduler().expectSaid("beside-" + bad.session(), ConnectRequest.MessageCase.CAPACITY);
      assertThat(other.isOpen()).isTrue();
    }
  }

  private void take(String session, ProtocolCase.Step step, TestAgent agent)
      throws InterruptedException {
    switch (step) {
      case ProtocolCase.Step.Says says -> agent.sayMany(says.bytes().toByteArray(), says.times());
      case ProtocolCase.Step.Hears(GatewaySays.Welcome _) ->
          agent.expect(GatewaySays.Welcome.class);
      case ProtocolCase.Step.Hears hears -> {
        scheduler().say(session, hears.message());
        agent.expect(hears.message().getClass());
      }
    }
  }

  private void expect(ProtocolCase bad, TestAgent agent) throws InterruptedException {
    switch (bad.expected()) {
      case ProtocolCase.Expected.Closed(Ending ending, String fragment) -> {
        Status end = agent.end();
        assertThat(end.getCode()).as(end.toString()).isEqualTo(codeOf(ending));
        assertThat(end.getDescription()).contains(fragment);
      }
      case ProtocolCase.Expected.Nacked(String fragment) -> {
        assertThat(agent.expect(GatewaySays.Nack.class).reason()).contains(fragment);
        assertThat(agent.isOpen()).isTrue();
      }
      case ProtocolCase.Expected.Forwarded(ConnectRequest.MessageCase kind) -> {
        scheduler().expectSaid(bad.session(), kind);
        assertThat(agent.isOpen()).isTrue();
      }
    }
  }

  private static Status.Code codeOf(Ending ending) {
    return switch (ending) {
      case MALFORMED -> Status.Code.INVALID_ARGUMENT;
      case OTHER_VERSION, OUT_OF_ORDER -> Status.Code.FAILED_PRECONDITION;
      case REPLACED -> Status.Code.ABORTED;
      case UNAVAILABLE, SILENT -> Status.Code.UNAVAILABLE;
      case SLOW, FLOODING -> Status.Code.RESOURCE_EXHAUSTED;
    };
  }

  @Test
  void anAgentThatSaysOneByteASecondIsClosedAsIfItWereSilent() throws Exception {
    try (TestAgent other = TestAgent.welcomed(port(), "beside-drip");
        Http2Drip drip = Http2Drip.connect(port())) {

      Duration open = drip.untilClosed(Duration.ofMillis(200), Duration.ofSeconds(20));

      assertThat(open).isLessThan(Duration.ofSeconds(10));
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void anAgentThatHalfClosesHasLeftAndIsReportedAsGone() throws InterruptedException {
    try (TestAgent agent = TestAgent.welcomed(port(), "half-closing")) {

      agent.halfClose();

      assertThat(agent.end().getCode()).isEqualTo(Status.Code.OK);
      scheduler().expectClosed("half-closing");
    }
  }

  @Test
  void anAgentThatHalfClosesInTheMiddleOfItsWelcomeHurtsNobody() throws InterruptedException {
    try (TestAgent agent = TestAgent.connect(port())) {
      agent.say(Messages.hello("half-welcomed"));

      agent.halfClose();

      assertThat(agent.end().getCode()).isEqualTo(Status.Code.OK);
      scheduler().expectClosed("half-welcomed");
    }
  }
}
