package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents in other languages, which know nothing but the proto files. */
class ExampleAgentsIT {

  @TempDir static Path folder;
  private static TestHome home = new TestHome(Path.of("."), 0);
  private static List<Command> up = new ArrayList<>();

  @BeforeAll
  static void startTheSuite() throws Exception {
    home = TestHome.in(Files.createDirectories(folder.resolve("home")));
    Map<String, String> environment = new HashMap<>(home.environment());
    environment.put("MAKESPAN_STATUS_INTERVAL", "1s");
    up.add(Command.start(environment, "up"));
    up.getFirst().awaitLine(line -> line.equals("the suite is up"));
  }

  @AfterAll
  static void stopTheSuite() throws Exception {
    try (Command down = home.start("down")) {
      assertThat(down.await()).isZero();
    }
  }

  private int gateway() {
    return home.portBase() + 2;
  }

  private Path plan(String name, ExampleAgent agent, String tasks) throws Exception {
    String head =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: NAME, title: For one agent}
        spec:
          defaults: {role: ROLE, timeout: 2m, duration: 5s}
          tasks:
        """;
    String role = agent.role();
    return Files.writeString(
        folder.resolve(name + "-" + role + ".yaml"),
        head.replace("NAME", name + "-" + role).replace("ROLE", role) + tasks.indent(4));
  }

  @Test
  void thePlanThatIsWithTheExamplesIsDoneByTheThreeOfThem() throws Exception {
    List<Command> agents = new ArrayList<>();
    try {
      for (ExampleAgent agent : ExampleAgent.values()) {
        Path ready = agent.prepareIn(folder.resolve("project"));
        agents.add(agent.start(ready, gateway(), agent.role() + "-of-three"));
      }

      JsonNode report = home.json("run", "examples/agents/three-languages.yaml", "--output=json");

      assertThat(report.get("state").asText()).isEqualTo("done");
      assertThat(report.get("timeline"))
          .hasSize(6)
          .allSatisfy(entry -> {
            assertThat(entry.get("outcome").asText()).isEqualTo("done");
            assertThat(entry.get("attempt").asInt()).isEqualTo(1);
          });
    } finally {
      agents.forEach(Command::close);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAgentComesBackToARestartedGatewayWithWhatItHolds(ExampleAgent kind) throws Exception {
    Path ready = kind.prepareIn(folder.resolve("project"));
    Path plan = plan("restart", kind, "- {id: long, title: Long, run: {command: [sleep, '4']}}");
    try (Command agent = kind.start(ready, gateway(), kind.role() + "-stays");
        Command run = home.start("run", plan.toString())) {
      run.awaitLine(line -> line.contains("long started"));

      home.process("agent-gateway").destroyForcibly();

      assertThat(run.await()).as(run.text() + "\n" + agent.text()).isZero();
      assertThat(run.text()).contains("long done by").doesNotContain("attempt 2", "failed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledCommandIsStoppedAndAnAgentThatIsAskedToLeaves(ExampleAgent kind) throws Exception {
    Path ready = kind.prepareIn(folder.resolve("project"));
    Path plan = plan("cancel", kind, "- {id: long, title: Long, run: {script: 'sleep 111; true'}}");
    try (Command agent = kind.start(ready, gateway(), kind.role() + "-cancels");
        Command run = home.start("run", plan.toString())) {
      run.awaitLine(line -> line.contains("long started"));

      try (Command cancel = home.start("cancel", newestRun())) {
        assertThat(cancel.await()).as(cancel.text()).isZero();
      }

      assertThat(run.await()).as(run.text() + "\n" + agent.text()).isEqualTo(4);
      agent.process().destroy();
      assertThat(agent.await()).as(agent.text()).isZero();
      assertThat(agent.process().descendants()).isEmpty();
    }
  }

  private static String newestRun() throws Exception {
    return home.json("status", "--output=json").get("runs").get(0).get("run").asText();
  }
}
