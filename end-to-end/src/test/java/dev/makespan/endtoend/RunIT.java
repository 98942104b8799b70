package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on one suite that stays up; the tests break it, and it mends itself. */
class RunIT {

  private static final String PUBLISHING = "examples/content-publishing.yaml";
  private static final List<String> PUBLISHING_TASKS =
      List.of("get-post", "integration", "s3-service", "schema", "upload-complete", "upload-init");

  @TempDir static Path folder;
  private static TestHome home = new TestHome(Path.of("."), 0);
  private static List<Command> up = new ArrayList<>();

  @BeforeAll
  static void startTheSuite() throws Exception {
    home = TestHome.in(folder);
    Map<String, String> environment = new HashMap<>(home.environment());
    // A lost agent is waited for as long as its lease: not 30 s here.
    environment.put("MAKESPAN_LEASE", "8s");
    environment.put("MAKESPAN_STATUS_INTERVAL", "1s");
    up.add(Command.start(environment, "up"));
    up.getFirst().awaitLine(line -> line.equals("the suite is up"));
  }

  @AfterAll
  static void stopTheSuite() throws Exception {
    try (Command down = home.start("down")) {
      assertThat(down.await()).isZero();
    }
    assertThat(up.getFirst().await()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "content-publishing, 3600, 23400",
    "multipart-forms, 360, 2280",
    "image-transcoding, 1800, 11700",
    "platform-hardening, 25000, 244800",
    "unified-platform, 25000, 252000",
  })
  void aRunTakesWhatWasPlanned(String plan, int speed, long planned) throws Exception {
    JsonNode report =
        home.json(
            "run",
            "examples/" + plan + ".yaml",
            "--simulate",
            "--speed",
            Integer.toString(speed),
            "--output",
            "json");

    assertThat(report.get("state").asText()).isEqualTo("done");
    double bound = planned * 0.05 + speed;
    assertThat(report.get("makespanSeconds").asDouble())
        .isBetween(planned - bound, planned + bound);
    assertThat(report.get("plannedSeconds").asLong()).isEqualTo(planned);
  }

  @Test
  void aPlanWithParametersRuns() throws Exception {
    JsonNode report =
        home.json(
            "run",
            "examples/image-upload.yaml",
            "--simulate",
            "--param=source=cat.png",
            "--param=sha256=00ff",
            "--output=json");

    assertThat(report.get("state").asText()).isEqualTo("done");
  }

  @Test
  void theThreeWritersOfOneFileTakeTurns() throws Exception {
    JsonNode report = home.json("run", PUBLISHING, "--simulate", "--speed=7200", "--output=json");

    JsonNode turns = report.get("turns").get(0);
    assertThat(turns.get("path").asText()).isEqualTo("src/handlers/posts.rs");
    assertThat(turns.get("turns")).hasSize(3);
    double free = 0;
    for (JsonNode turn : turns.get("turns")) {
      assertThat(turn.get("startSeconds").asDouble()).isGreaterThanOrEqualTo(free);
      free = turn.get("finishSeconds").asDouble();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scheduler-service", "planner-service", "agent-gateway"})
  void aKilledServiceIsStartedAgainAndNothingIsDoneTwice(String service) throws Exception {
    try (Command run = home.start("run", PUBLISHING, "--simulate", "--speed=1800")) {
      run.awaitLine(line -> line.contains("get-post started"));

      home.process(service).destroyForcibly();

      assertThat(run.await()).as(run.text()).isZero();
      up.getFirst().awaitLine(line -> line.equals(service + " is back"));
      assertThat(completions()).isEqualTo(onceEach());
    }
  }

  /**
   * At this speed the task's timeout of 4 h is 16 s: longer than the lease, which shall be first.
   */
  @Test
  void theTaskOfAKilledAgentIsDoneByAnother() throws Exception {
    try (Command run = home.start("run", PUBLISHING, "--simulate", "--speed=900")) {
      String line = run.awaitLine(said -> said.contains("schema started on"));
      String agent = line.substring(line.lastIndexOf(' ') + 1);

      agentProcess(run, agent).destroyForcibly();

      assertThat(run.await()).as(run.text()).isZero();
      assertThat(completions()).isEqualTo(onceEach());
      assertThat(run.text()).contains("schema failed on " + agent + " (agent lost)");
      assertThat(run.text())
          .containsPattern("schema started on (?!" + agent + ").* \\(attempt 2\\)");
    }
  }

  @Test
  void aCancelledRunEndsWithItsOwnCode() throws Exception {
    try (Command run = home.start("run", PUBLISHING, "--simulate", "--speed=60")) {
      run.awaitLine(line -> line.contains("schema started"));

      try (Command cancel = home.start("cancel", newestRun())) {
        assertThat(cancel.await()).as(cancel.text()).isZero();
      }

      assertThat(run.await()).as(run.text()).isEqualTo(4);
      assertThat(run.text()).contains("the run is cancelled");
    }

    String ended = newestRun();
    assertThat(reportedState(ended)).isEqualTo("cancelled");
    assertThat(said("retry", ended, "schema")).contains("task schema of run " + ended);
    assertThat(reportedState(ended)).isEqualTo("running");
    assertThat(said("cancel", ended)).contains("run " + ended);
  }

  private static String reportedState(String run) throws Exception {
    return home.json("report", run, "--output=json").get("state").asText();
  }

  @Test
  void peopleSteerALiveRun() throws Exception {
    try (Command run = home.start("run", PUBLISHING, "--simulate", "--speed=1200")) {
      run.awaitLine(line -> line.contains("schema started"));
      String id = newestRun();

      assertThat(said("pause", id)).contains("run " + id + " is paused");
      run.awaitLine(line -> line.contains("schema done"));
      assertThat(said("explain", id, "get-post")).contains("the run is paused");
      assertThat(home.json("status", id, "--output=json").get("state").asText())
          .isEqualTo("paused");
      assertThat(said("cancel", id, "--task", "integration")).contains("integration of run");
      assertThat(said("retry", id, "integration")).contains("integration of run");
      refused("has no task nosuch", "skip", id, "nosuch");
      refused("has started and can't be changed", "amend", id, retitled().toString());
      assertThat(said("resume", id)).contains("run " + id + " is running");

      assertThat(run.await()).as(run.text()).isZero();
      assertThat(run.text().indexOf("resumed")).isLessThan(run.text().indexOf("get-post started"));
      assertThat(completions()).isEqualTo(onceEach());
    }
  }

  private static String said(String... arguments) throws Exception {
    try (Command command = home.start(arguments)) {
      assertThat(command.await()).as(command.text()).isZero();
      return command.text();
    }
  }

  private static void refused(String why, String... arguments) throws Exception {
    try (Command command = home.start(arguments)) {
      assertThat(command.await()).as(command.text()).isEqualTo(2);
      assertThat(command.text()).contains(why).doesNotContain("\tat ");
    }
  }

  /** The plan, with another title for a task that has started. */
  private static Path retitled() throws Exception {
    String plan = Files.readString(Command.PROJECT.resolve(PUBLISHING));
    return Files.writeString(
        folder.resolve("retitled.yaml"), plan.replace("Database schema and models", "Database"));
  }

  @Test
  void aSecondUpSaysWhereTheFirstIs() throws Exception {
    try (Command second = home.start("up")) {
      assertThat(second.await()).isZero();
      assertThat(second.text()).contains("already up", "http://127.0.0.1:" + home.portBase());
    }
  }

  @Test
  void anAgentOfAnotherVersionIsToldSoInOneLine() throws Exception {
    try (Command agent =
        home.start("agent", "--role=backend", "--runner=simulate", "--protocol-version=99")) {
      assertThat(agent.await()).as(agent.text()).isEqualTo(2);
      assertThat(agent.text()).contains("version").doesNotContain("\tat ");
    }
  }

  @Test
  void aRefusedPlanIsNotStored() throws Exception {
    JsonNode before = home.json("status", "--output=json");
    Path bad =
        Files.writeString(folder.resolve("bad.yaml"), "apiVersion: makespan.dev/v1\nkind: Plan\n");

    try (Command run = home.start("run", bad.toString(), "--simulate")) {
      assertThat(run.await()).isEqualTo(2);
      assertThat(run.text()).contains("bad.yaml:").doesNotContain("\tat ");
    }

    assertThat(home.json("status", "--output=json")).isEqualTo(before);
  }

  /** Task → accepted completions in the newest run. */
  private static Map<String, Integer> completions() throws Exception {
    Map<String, Integer> done = new TreeMap<>();
    for (JsonNode entry : home.json("report", "--output=json").get("timeline")) {
      if (entry.get("outcome").asText().equals("done")) {
        done.merge(entry.get("task").asText(), 1, Integer::sum);
      }
    }
    return done;
  }

  private static Map<String, Integer> onceEach() {
    Map<String, Integer> once = new TreeMap<>();
    PUBLISHING_TASKS.forEach(task -> once.put(task, 1));
    return once;
  }

  private static String newestRun() throws Exception {
    return home.json("status", "--output=json").get("runs").get(0).get("run").asText();
  }

  private static ProcessHandle agentProcess(Command run, String agent) {
    return run.process()
        .descendants()
        .filter(process -> process.info().commandLine().orElse("").contains("--id " + agent))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no process of agent " + agent));
  }
}
