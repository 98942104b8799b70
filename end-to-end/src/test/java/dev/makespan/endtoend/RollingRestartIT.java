package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two gateways that are restarted one after the other while agents work. */
class RollingRestartIT {

  private static final int TASKS = 400;
  private static final int AGENTS = 3;
  private static final int ENDED_BY_TERM = 143;

  @TempDir Path folder;
  private final List<AutoCloseable> started = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : started.reversed()) {
      one.close();
    }
  }

  @Test
  void noAttemptIsLostAndNoneIsChargedWhileTheGatewaysAreRestarted() throws Exception {
    TestHome home = TestHome.in(Files.createDirectories(folder.resolve("home")));
    Command up = keep(home.start("up"));
    up.awaitLine(line -> line.equals("the suite is up"));
    Command second = keep(gateway(home));
    List<Command> agents = new ArrayList<>();
    for (int i = 1; i <= AGENTS; i++) {
      agents.add(keep(home.start(agent(home, i))));
      agents.getLast().awaitLine(line -> line.contains("at work as"));
    }
    Command run = keep(home.start("run", plan().toString(), "--accept-warnings"));
    run.awaitLine(line -> line.contains("task-10 done"));

    home.process("agent-gateway").destroy();
    up.awaitLine(line -> line.equals("agent-gateway is back"));
    second.process().destroy();
    assertThat(second.await()).as(second.text()).isEqualTo(ENDED_BY_TERM);
    keep(gateway(home));
    home.process("agent-gateway").destroy();
    assertThat(run.process().isAlive()).as("the restarts were in the middle of the run").isTrue();

    assertThat(run.await()).as(run.text()).isZero();
    assertThat(agents).allSatisfy(agent -> assertThat(agent.text()).contains("asked to move on"));
    assertAllAtOnce(home);
  }

  private static void assertAllAtOnce(TestHome home) throws Exception {
    String id = home.json("status", "--output=json").get("runs").get(0).get("run").asText();
    JsonNode tasks = home.json("status", id, "--output=json").get("tasks");
    assertThat(tasks).hasSize(TASKS);
    for (JsonNode task : tasks) {
      List<String> outcomes = new ArrayList<>();
      task.get("attempts").forEach(attempt -> outcomes.add(attempt.get("outcome").asText()));
      // An assignment that met the restart may have gone back unaccepted, which charges nobody.
      assertThat(outcomes)
          .as(task.toString())
          .containsOnlyOnce("done")
          .isSubsetOf("done", "returned");
    }
  }

  private <T extends AutoCloseable> T keep(T one) {
    started.add(one);
    return one;
  }

  /** Beside the one of the suite, and linked to the same scheduler. */
  private static Command gateway(TestHome home) throws InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = Command.PROJECT.resolve("agent-gateway/target/quarkus-app/quarkus-run.jar");
    Command gateway =
        Command.start(
            Command.PROJECT,
            Map.of(
                "MAKESPAN_PORT",
                Integer.toString(secondPort(home)),
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "MAKESPAN_SCHEDULER_HOST",
                "127.0.0.1",
                "MAKESPAN_SCHEDULER_PORT",
                Integer.toString(home.portBase() + 1)),
            List.of(java.toString(), "-XX:+UseSerialGC", "-Xmx256m", "-jar", jar.toString()));
    gateway.awaitLine(line -> line.contains("Linked to shard"));
    return gateway;
  }

  private static int secondPort(TestHome home) {
    return home.portBase() + 3;
  }

  private static String[] agent(TestHome home, int number) {
    String gateways = "localhost:" + (home.portBase() + 2) + ",localhost:" + secondPort(home);
    return new String[] {
      "agent",
      "--role=worker",
      "--slots=8",
      "--runner=simulate",
      "--gateway=" + gateways,
      "--id=worker-" + number
    };
  }

  /** Enough for the restarts to happen in the middle of it. */
  private Path plan() throws Exception {
    StringBuilder plan = new StringBuilder();
    plan.append("apiVersion: makespan.dev/v1\nkind: Plan\n");
    plan.append("metadata: {name: rolling, title: Many tasks of two seconds}\n");
    plan.append("spec:\n  pools: {worker: 24}\n");
    plan.append("  defaults: {role: worker, duration: 2s, timeout: 2m}\n  tasks:\n");
    for (int i = 1; i <= TASKS; i++) {
      plan.append("    - {id: task-%d, title: Task %d}\n".formatted(i, i));
    }
    return Files.writeString(folder.resolve("rolling.yaml"), plan.toString());
  }
}
