package dev.makespan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.Fences;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two shards on two replicas, of which the gateway was told one. */
@QuarkusTest
@QuarkusTestResource(value = FakeShardsResource.class, restrictToAnnotatedClass = true)
class TwoShardsTest {

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeShards injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeShards shards() {
    if (injected == null) {
      throw new AssertionError("no shards were injected");
    }
    return injected;
  }

  @Test
  void anAgentWorksForOneShardAtATimeAndLooksIntoTheOtherWhenItIsIdle() throws Exception {
    try (TestAgent agent = TestAgent.welcomed(port(), "wandering")) {
      int first = shards().expectOpened("wandering");

      assertThat(shards().expectClosed("wandering")).isEqualTo(first);
      assertThat(shards().expectOpened("wandering")).isEqualTo(3 - first);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void anOwnerThatWasStoppedIsLeftForItsSuccessorThoughItsConnectionStays() throws Exception {
    try (TestAgent agent = holding("stuck", 1)) {
      assertThat(shards().expectOpened("stuck")).isEqualTo(1);

      shards().stopShard(1, 1);

      assertThat(shards().expectOpened("stuck")).isEqualTo(1);
      assertThat(agent.isOpen()).isTrue();
    } finally {
      shards().moveShard(1, 0);
    }
  }

  private TestAgent holding(String session, int shard) throws InterruptedException {
    TestAgent agent = TestAgent.connect(port());
    AgentSays.Hello hello = Messages.hello(session);
    agent.say(
        new AgentSays.Hello(
            hello.session(),
            hello.agent(),
            hello.protocolVersion(),
            hello.roles(),
            hello.labels(),
            hello.slots(),
            List.of(held(shard)),
            List.of(),
            hello.software()));
    agent.expect(GatewaySays.Welcome.class);
    return agent;
  }

  @Test
  void whoNamesAShardThatThereIsNotIsWelcomedAndItsResultAnsweredByOneThatThereIs()
      throws Exception {
    try (TestAgent agent = holding("dreaming", 7)) {
      int home = shards().expectOpened("dreaming");

      assertThat(home).isBetween(1, 2);
      assertThat(resultSaidUntilHeard(agent, held(7))).isBetween(1, 2);
    }
  }

  /** What is said while the shard moves is lost; an agent says a result until it is answered. */
  private int resultSaidUntilHeard(TestAgent agent, TaskRef task) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      agent.say(Messages.result(task, "r-1"));
      FakeShards.Heard heard =
          shards()
              .find(
                  h ->
                      h.request().hasAgentSaid()
                          && h.request().getAgentSaid().getMessage().hasResult(),
                  500);
      if (heard != null) {
        return heard.shard();
      }
    }
    throw new AssertionError("no shard heard the result");
  }

  private static TaskRef held(int shard) {
    return new TaskRef(new RunId(1), new TaskId("build"), Fences.origin(1, shard) + 1);
  }

  @Test
  void whoeverHoldsAnAttemptStaysAndItsResultGoesToItsShard() throws Exception {
    TaskRef held = held(2);
    try (TestAgent agent = holding("holding", 2)) {
      assertThat(shards().expectOpened("holding")).isEqualTo(2);

      shards().moveShard(2, 0);

      assertThat(shards().expectOpened("holding")).isEqualTo(2);
      assertThat(resultSaidUntilHeard(agent, held)).isEqualTo(2);
      shards()
          .say(
              2,
              "holding",
              new GatewaySays.ResultAck(held, "r-1", GatewaySays.Verdict.COMMITTED, ""));
      assertThat(agent.isOpen()).isTrue();
    }
  }
}
