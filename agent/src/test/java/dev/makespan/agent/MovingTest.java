package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.Usage;
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

/** An agent between its streams, and what its runner says and hears in its work. */
class MovingTest {

  private static final long PATIENCE_MILLIS = 20_000;

  /** Work that does what the test says. */
  private static final class Puppet implements Runner {
    private final CompletableFuture<News> news = new CompletableFuture<>();
    private final CompletableFuture<TaskContext> context = new CompletableFuture<>();

    @Override
    public Work start(
        dev.makespan.core.task.TaskRef task,
        int attempt,
        dev.makespan.core.session.TaskSpec spec,
        TaskContext given,
        News to) {
      context.complete(given);
      news.complete(to);
      return grace -> to.stopped("TERM");
    }

    News news() {
      return news.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }
  }

  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Puppet puppet = new Puppet();
  private final FakeGateway gateway = new FakeGateway();
  private final FakeGateway second = new FakeGateway();

  /** Tries {@link #gateway} first, then {@link #second}. */
  private final Agent agent =
      new Agent(
          Wiring.identity("a-1", 1, List.of("backend"), Map.of(), 1),
          AgentClocks.DEFAULT,
          new GatewayRing(List.of(open(gateway), open(second)), () -> 1),
          puppet,
          InstantSource.system(),
          () -> 0,
          log::add);

  MovingTest() throws IOException {}

  private static Gateway open(FakeGateway fake) {
    return Wiring.gateway("localhost:" + fake.port());
  }

  @AfterEach
  void end() {
    agent.close();
    gateway.close();
    second.close();
  }

  private AgentSays.Hello atWork() throws InterruptedException {
    agent.start();
    AgentSays.Hello hello = gateway.expect(AgentSays.Hello.class);
    gateway.say(Specs.assign(1, Specs.spec(Duration.ofHours(1), 1)));
    gateway.expect(AgentSays.Accept.class);
    return hello;
  }

  @Test
  void aStreamIsLeftOnlyWhenTheNextIsWelcomedAndTheSessionIsTheSame() throws InterruptedException {
    AgentSays.Hello first = atWork();
    second.welcomes(false);

    gateway.say(new GatewaySays.GoAway("this gateway stops"));

    AgentSays.Hello next = second.expect(AgentSays.Hello.class);
    assertThat(gateway.nextLeft(100)).as("left before the next was welcomed").isNull();
    second.welcome(next);
    assertThat(gateway.nextLeft(PATIENCE_MILLIS)).isEqualTo(1);
    assertThat(next.session()).isEqualTo(first.session());
    assertThat(next.held()).containsExactly(Specs.ref(1));
  }

  @Test
  void whatAnOlderStreamSaysAfterTheNextHelloIsNotHeeded() throws InterruptedException {
    atWork();
    second.welcomes(false);
    gateway.say(new GatewaySays.GoAway("this gateway stops"));
    AgentSays.Hello next = second.expect(AgentSays.Hello.class);

    gateway.say(new GatewaySays.LeaseLost(Specs.ref(1)));
    second.welcome(next);
    puppet.news().started();

    assertThat(second.expect(AgentSays.Started.class).task()).isEqualTo(Specs.ref(1));
  }

  @Test
  void aGatewayThatIsGoneIsFollowedByTheOther() throws InterruptedException {
    atWork();

    gateway.end(Status.UNAVAILABLE);

    assertThat(second.expect(AgentSays.Hello.class).held()).containsExactly(Specs.ref(1));
  }

  @Test
  void aLargeSpecIsFetchedAndOneThatIsNotThereIsRefused() throws InterruptedException {
    agent.start();
    gateway.expect(AgentSays.Hello.class);

    gateway.assignByReference(Specs.assign(1, Specs.spec(Duration.ofHours(1), 1)), false);
    AgentSays.Refuse refused = gateway.expect(AgentSays.Refuse.class);
    gateway.assignByReference(Specs.assign(2, Specs.spec(Duration.ofHours(1), 1)), true);
    AgentSays.Accept accepted = gateway.expect(AgentSays.Accept.class);

    assertThat(refused.reason()).contains("100000 bytes", "not kept");
    assertThat(accepted.task()).isEqualTo(Specs.ref(2));
  }

  @Test
  void workAsksAndHearsTheAnswer() throws InterruptedException {
    atWork();

    CompletableFuture<GatewaySays.Answer> answer = puppet.news().blocked("Which key?", true);
    AgentSays.RaiseBlocker asked = gateway.expect(AgentSays.RaiseBlocker.class);
    gateway.say(
        new GatewaySays.Answer(
            asked.task(), asked.blockerId(), GatewaySays.Ruling.GRANTED, "The old one"));

    assertThat(answer.orTimeout(20, TimeUnit.SECONDS).join().text()).isEqualTo("The old one");
  }

  @Test
  void aQuestionOfWorkThatHasEndedIsCancelled() throws InterruptedException {
    atWork();
    CompletableFuture<GatewaySays.Answer> answer =
        puppet.news().needsFiles(Specs.spec(Duration.ZERO, 1).files(), "it imports it");
    gateway.expect(AgentSays.RequestFiles.class);

    puppet.news().stopped("TERM");
    gateway.expect(AgentSays.Cancelled.class);

    assertThat(answer).isCancelled();
  }

  @Test
  void aCheckpointIsSaidWithTheProgressAndThatOfTheLastAttemptReachesTheWork()
      throws InterruptedException {
    agent.start();
    gateway.expect(AgentSays.Hello.class);
    gateway.say(
        new GatewaySays.Assign(
            Specs.ref(1),
            2,
            Duration.ofSeconds(30),
            null,
            Specs.spec(Duration.ofHours(1), 1),
            new TaskContext("plan", "", "row 5", List.of(), 0, List.of())));
    gateway.expect(AgentSays.Accept.class);

    puppet.news().progressed(WorkProgress.of(60, "more").withCheckpoint("row 6"));

    assertThat(puppet.context.join().checkpoint()).isEqualTo("row 5");
    assertThat(gateway.expect(AgentSays.Progress.class))
        .isEqualTo(
            new AgentSays.Progress(Specs.ref(1), 60, "more", "row 6", Usage.NONE, List.of()));
  }
}
