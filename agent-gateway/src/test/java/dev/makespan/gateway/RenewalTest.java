package dev.makespan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.proto.agent.v1.ConnectRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Streams that are old after a second. */
@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
@TestProfile(RenewalTest.OldSoon.class)
class RenewalTest {

  /** Everything that is minutes in earnest. */
  public static class OldSoon implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("makespan.gateway.renewal", "1s", "makespan.gateway.overlap", "3s");
    }
  }

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeScheduler scheduler() {
    return Objects.requireNonNull(injected);
  }

  @Test
  void anOldStreamIsToldToGoAwayAndItsSessionGoesOnInTheNext() throws InterruptedException {
    try (TestAgent old = TestAgent.welcomed(port(), "renewed")) {
      old.expect(GatewaySays.GoAway.class);

      try (TestAgent next = TestAgent.welcomed(port(), "renewed")) {
        assertThat(old.end().getCode()).isEqualTo(Status.Code.ABORTED);
        next.say(new AgentSays.Capacity(1));
        scheduler().expectSaid("renewed", ConnectRequest.MessageCase.CAPACITY);
        assertThat(scheduler().hasHeardClosed("renewed")).isFalse();
      }
    }
  }

  @Test
  void anAgentThatStaysAlthoughItWasAskedToMoveIsClosed() throws InterruptedException {
    try (TestAgent stubborn = TestAgent.welcomed(port(), "stubborn")) {
      stubborn.expect(GatewaySays.GoAway.class);

      Status end = stubborn.end();

      assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(end.getDescription()).contains("asked to move");
    }
  }
}
