package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentTest {

  private static final Duration SHORT = Duration.ofSeconds(36);
  private static final AgentClocks IMPATIENT =
      new AgentClocks(
          Duration.ofSeconds(20),
          Duration.ofSeconds(2),
          Duration.ofMillis(50),
          Duration.ofSeconds(3));

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final FakeGateway gateway;
  private final Agent agent;

  AgentTest() throws IOException {
    gateway = new FakeGateway();
    agent =
        new Agent(
            Wiring.identity("a-1", 1, List.of("backend"), Map.of(), 1),
            IMPATIENT,
            Wiring.gateway("localhost:" + gateway.port()),
            new SimulateRunner(1),
            InstantSource.system(),
            () -> 0,
            log::add);
  }

  @AfterEach
  void end() {
    agent.close();
    gateway.close();
  }

  private AgentSays.Hello start() throws InterruptedException {
    agent.start();
    return gateway.expect(AgentSays.Hello.class);
  }

  private Agent.End awaitEnd() {
    return agent.end().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void aTaskIsAcceptedWorkedOnAndReported() throws InterruptedException {
    start();

    gateway.say(Specs.assign(1, Specs.spec(SHORT, 3600)));

    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);
    assertThat(gateway.expect(AgentSays.MilestoneReached.class).milestone()).hasToString("quarter");
    assertThat(gateway.expect(AgentSays.MilestoneReached.class).milestone()).hasToString("half");
    assertThat(gateway.expect(AgentSays.Result.class).task()).isEqualTo(Specs.ref(1));
  }

  @Test
  void aResultIsSaidAgainOnTheNextStreamUntilItIsAcknowledged() throws InterruptedException {
    start();
    gateway.say(Specs.assign(1, Specs.spec(SHORT, 3600)));
    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);
    gateway.expect(AgentSays.MilestoneReached.class);
    gateway.expect(AgentSays.MilestoneReached.class);
    AgentSays.Result result = gateway.expect(AgentSays.Result.class);

    gateway.end(Status.UNAVAILABLE);

    AgentSays next = gateway.expect(AgentSays.class);
    while (next.equals(result)) {
      next = gateway.expect(AgentSays.class);
    }
    assertThat(((AgentSays.Hello) next).unacknowledged()).containsExactly(Specs.ref(1));
    assertThat(gateway.expect(AgentSays.Result.class)).isEqualTo(result);
  }

  @Test
  void aCancelledTaskStopsAtOnce() throws InterruptedException {
    start();
    gateway.say(Specs.assign(1, Specs.spec(Duration.ofHours(9), 1)));
    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);

    gateway.say(new GatewaySays.Cancel(Specs.ref(1), Duration.ofSeconds(10), "asked"));

    assertThat(gateway.expect(AgentSays.Cancelled.class).task()).isEqualTo(Specs.ref(1));
  }

  @Test
  void anAgentOfAnotherVersionEndsWithOneLine() throws InterruptedException {
    gateway.refuses(Status.FAILED_PRECONDITION.withDescription("this gateway speaks 1"));

    start();

    assertThat(awaitEnd()).isEqualTo(Agent.End.REJECTED);
    assertThat(log).singleElement().asString().contains("this gateway speaks 1");
  }

  @Test
  void anAgentThatWasReplacedEnds() throws InterruptedException {
    start();

    gateway.end(Status.ABORTED.withDescription("a newer session"));

    assertThat(awaitEnd()).isEqualTo(Agent.End.REPLACED);
  }

  @Test
  void aResultGoesBesideAStreamThatCannotBeOpened() throws InterruptedException {
    start();
    gateway.say(Specs.assign(1, Specs.spec(SHORT, 3600)));
    gateway.expect(AgentSays.Accept.class);
    gateway.refuses(Status.UNAVAILABLE);

    gateway.end(Status.UNAVAILABLE);

    assertThat(gateway.expectReport().getAgentId()).isEqualTo("a-1");
  }

  @Test
  void anAgentThatLeavesFinishesItsWorkFirst() throws InterruptedException {
    start();
    gateway.say(Specs.assign(1, Specs.spec(SHORT, 3600)));
    gateway.expect(AgentSays.Accept.class);

    CompletableFuture<Void> leaving =
        CompletableFuture.runAsync(() -> agent.leave(Duration.ofSeconds(20)));

    AgentSays next = gateway.expect(AgentSays.class);
    while (!(next instanceof AgentSays.Result)) {
      next = gateway.expect(AgentSays.class);
    }
    gateway.say(
        new GatewaySays.ResultAck(Specs.ref(1), "result-1", GatewaySays.Verdict.COMMITTED, ""));
    leaving.orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(awaitEnd()).isEqualTo(Agent.End.LEFT);
  }
}
