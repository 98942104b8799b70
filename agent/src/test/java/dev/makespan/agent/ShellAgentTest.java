package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.runner.CommandRunner;
import dev.makespan.agent.runner.RunnerSettings;
import dev.makespan.agent.runner.Secrets;
import dev.makespan.agent.runner.Tasks;
import dev.makespan.agent.workspace.TestRepository;
import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that does real work, on a real stream. */
class ShellAgentTest {

  @TempDir Path temp;
  private TestRepository origin;
  private FakeGateway gateway;
  private Agent agent;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    origin = TestRepository.make(temp.resolve("origin"));
    gateway = new FakeGateway();
    RunnerSettings settings =
        new RunnerSettings(
            temp.resolve("work"),
            temp,
            Map.of("PATH", Objects.requireNonNull(System.getenv("PATH"))),
            Set.of(),
            Secrets.NONE,
            Duration.ofSeconds(20));
    agent =
        new Agent(
            Wiring.identity("a-1", 1, List.of("backend"), Map.of(), 1),
            AgentClocks.DEFAULT,
            Wiring.gateway("localhost:" + gateway.port()),
            CommandRunner.shell(settings, new SimulateRunner(1)),
            InstantSource.system(),
            () -> 0,
            line -> {});
    agent.start();
    gateway.expect(AgentSays.Hello.class);
  }

  @AfterEach
  void end() {
    agent.close();
    gateway.close();
  }

  private static GatewaySays.Assign assign(TaskSpec spec) {
    return new GatewaySays.Assign(Tasks.ref(5), 1, Duration.ofSeconds(30), null, spec);
  }

  @Test
  void aTaskIsDoneInItsWorktreeAndItsCommitReported() throws Exception {
    gateway.say(
        assign(
            Tasks.script(
                    """
                    echo b > src/b.txt
                    echo x > other.txt
                    echo 'milestone half' >> "$MAKESPAN_OUTPUT"
                    echo 'output address=localhost' >> "$MAKESPAN_OUTPUT"
                    """)
                .writes("src/**")
                .in("origin", 5)
                .spec()));

    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);
    gateway.expect(AgentSays.MilestoneReached.class);
    AgentSays.RequestFiles request = gateway.expect(AgentSays.RequestFiles.class);
    gateway.say(
        new GatewaySays.Answer(
            request.task(), request.requestId(), GatewaySays.Ruling.GRANTED, ""));
    AgentSays.Progress progress = gateway.expect(AgentSays.Progress.class);
    AgentSays.Result result = gateway.expect(AgentSays.Result.class);

    assertThat(progress.files()).containsExactly("other.txt", "src/b.txt");
    assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.OK);
    assertThat(result.commit()).isEqualTo(origin.git("rev-parse", "makespan/1/build/5"));
    assertThat(result.outputs()).isEqualTo(Map.of("address", "localhost"));
    assertThat(result.files()).containsExactly("other.txt", "src/b.txt");
  }

  @Test
  void aCancelledCommandIsConfirmedWhenItIsGone() throws Exception {
    gateway.say(assign(Tasks.script("sleep 600").in("origin", 5).spec()));
    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);

    gateway.say(new GatewaySays.Cancel(Tasks.ref(5), Duration.ofSeconds(10), "asked"));

    assertThat(gateway.expect(AgentSays.Cancelled.class).how()).isEqualTo("TERM");
    assertThat(origin.git("branch", "--list", "makespan/*")).isEmpty();
  }

  @Test
  void aTaskThatIsNotForThisAgentGoesBackUncharged() throws Exception {
    gateway.say(assign(Tasks.prompt("Do it").spec()));

    assertThat(gateway.expect(AgentSays.Refuse.class).reason()).contains("prompt=COMMAND");
  }

  @Test
  void aSimulatedRunIsPretendedHereToo() throws Exception {
    gateway.say(Specs.assign(6, Specs.spec(Duration.ofSeconds(36), 3600)));

    gateway.expect(AgentSays.Accept.class);
    gateway.expect(AgentSays.Started.class);
    gateway.expect(AgentSays.MilestoneReached.class);
    gateway.expect(AgentSays.MilestoneReached.class);
    assertThat(gateway.expect(AgentSays.Result.class).message()).isEqualTo("simulated");
  }
}
