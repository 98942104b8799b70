package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small runs at once, with real pictures, an agent of the example's own, and a small intake.
 */
class ImageUploadIT {

  private static final int UPLOADS = 60;
  private static final int WRONG = 2;

  @TempDir Path folder;

  @Test
  void pastItsIntakeUploadsComeBackLaterNoneIsLostAndWrongOnesSayWhatIsWrong() throws Exception {
    Path plan = planWithIntakeOf(10);
    Path pictures = folder.resolve("pictures");
    TestHome home = TestHome.in(folder.resolve("home"));
    Map<String, String> environment = new HashMap<>(home.environment());
    try (Command up = Command.start(environment, "up")) {
      up.awaitLine(line -> line.equals("the suite is up"));
      finished(home, "pictures", pictures.toString(), "--uploads=" + UPLOADS, "--side=600");
      try (Command agent = example(home, agentWords(home))) {
        JsonNode report =
            finished(
                home,
                "upload",
                pictures.toString(),
                "--planner=localhost:" + home.portBase(),
                "--plan=" + plan,
                "--json");

        assertThat(report.get("done").asInt()).as(report.toString()).isEqualTo(UPLOADS - WRONG);
        assertThat(report.get("lost").asInt()).isZero();
        assertThat(report.get("held").asInt()).isBetween(1, UPLOADS - 10);
        assertThat(files("published/posts")).hasSize(UPLOADS - WRONG);
        assertThat(failures(report))
            .containsOnlyKeys("verify", "thumbnail", "medium", "original")
            .satisfies(byTask -> {
              assertThat(byTask.get("verify")).contains("misannounced-00001.img: FAILED");
              assertThat(byTask.get("medium")).contains("broken-00000.img: the picture");
            });
        assertThat(artifacts(home, doneRun(home)))
            .containsOnlyKeys("thumbnail", "medium", "original")
            .satisfies(byName -> assertThat(byName.get("thumbnail")).isBetween(100L, 30_000L));
        agent.process().destroy();
        assertThat(agent.await()).as(agent.text()).isZero();
      }
      try (Command down = home.start("down")) {
        assertThat(down.await()).isZero();
      }
    }
  }

  /** What failed of what, each after three attempts a second apart. */
  private static Map<String, String> failures(JsonNode report) {
    Map<String, String> byTask = new HashMap<>();
    for (JsonNode upload : report.get("failed")) {
      for (JsonNode task : upload.get("tasks")) {
        byTask.put(task.get("task").asText(), task.get("message").asText());
        assertThat(task.get("attempts").asInt()).as(task.toString()).isEqualTo(3);
        assertThat(task.get("pausesMillis"))
            .as(task.toString())
            .hasSize(2)
            .allSatisfy(pause -> assertThat(pause.asLong()).isGreaterThanOrEqualTo(1_000));
      }
    }
    return byTask;
  }

  private static String doneRun(TestHome home) throws Exception {
    for (JsonNode run : home.json("status", "--output=json").get("runs")) {
      if (run.get("state").asText().equals("done")) {
        return run.get("run").asText();
      }
    }
    throw new AssertionError("no run is done");
  }

  /** Bytes by name, as the history of the run keeps them. */
  private static Map<String, Long> artifacts(TestHome home, String run) throws Exception {
    Map<String, Long> bytes = new HashMap<>();
    for (JsonNode task : home.json("status", run, "--output=json").get("tasks")) {
      for (JsonNode attempt : task.get("attempts")) {
        for (JsonNode artifact : attempt.path("artifacts")) {
          bytes.put(artifact.get("name").asText(), artifact.get("bytes").asLong());
        }
      }
    }
    return bytes;
  }

  private Path planWithIntakeOf(int limit) throws Exception {
    String plan = Files.readString(Command.PROJECT.resolve("examples/image-upload.yaml"));
    String changed = plan.replace("intake: {limit: 100}", "intake: {limit: " + limit + "}");
    assertThat(changed).isNotEqualTo(plan);
    return Files.writeString(folder.resolve("image-upload.yaml"), changed);
  }

  private List<Path> files(String of) throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve(of))) {
      return files.toList();
    }
  }

  private String[] agentWords(TestHome home) {
    return new String[] {
      "agent",
      "--gateway=localhost:" + (home.portBase() + 2),
      "--store=" + folder.resolve("published"),
      "--work-dir=" + folder.resolve("work")
    };
  }

  private static Command example(TestHome home, String... words) {
    List<String> all = new ArrayList<>(List.of("example", "image-upload"));
    all.addAll(List.of(words));
    return home.start(all.toArray(String[]::new));
  }

  /** Of what speaks JSON in the end, that. */
  private static JsonNode finished(TestHome home, String... words) throws Exception {
    try (Command command = example(home, words)) {
      assertThat(command.await()).as(command.text()).isZero();
      String text = command.text();
      return text.startsWith("{")
          ? new ObjectMapper().readTree(text)
          : new ObjectMapper().createObjectNode();
    }
  }
}
