package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of real work: four shell agents, a repository, a merge queue. */
class RealWorkIT {

  private static final String EXAMPLE = "examples/real-work/";
  private static final String BRANCH = "makespan/1/integration";

  @TempDir Path folder;

  @Test
  void tenTasksEndMergedAndGreenThoughThreeThingsGoWrong() throws Exception {
    TestHome home = TestHome.in(folder.resolve("suite"));
    Path shop = folder.resolve("shop");
    assertThat(shell("sh", EXAMPLE + "setup.sh", shop.toString())).isZero();
    Map<String, String> environment = new HashMap<>(home.environment());
    environment.put("MAKESPAN_STATUS_INTERVAL", "1s");
    List<Command> started = new ArrayList<>();
    try {
      started.add(Command.start(environment, "up"));
      started.getFirst().awaitLine(line -> line.equals("the suite is up"));
      for (int i = 1; i <= 4; i++) {
        started.add(
            home.start(
                "agent",
                "--role=dev",
                "--runner=shell",
                "--id=dev-" + i,
                "--work-dir=" + folder.resolve("work")));
      }
      JsonNode report =
          home.json(
              "run",
              EXAMPLE + "plan.yaml",
              "--param=repository=" + shop,
              "--accept-warnings",
              "--output=json");

      assertThat(report.get("state").asText()).isEqualTo("done");
      assertThat(verdicts(report, "invoice")).containsExactly("conflict", "landed");
      assertThat(outcomes(report, "tax")).containsExactly("rejected", "done");
      assertThat(report.get("drifts").findValuesAsText("task")).contains("invoice", "receipt");
      assertThat(report.get("merges").get("wirings").findValuesAsText("progress"))
          .containsExactly("wired");
      assertThat(report.get("beforeIntegration").findValuesAsText("standing"))
          .containsOnly("ok", "people");
      assertThat(report.get("afterIntegration").findValuesAsText("standing")).containsOnly("ok");
      assertThat(report.get("merges").get("head")).isEqualTo(report.get("merges").get("published"));
    } finally {
      started.reversed().forEach(Command::close);
    }
    String clone = folder.resolve("clone").toString();
    assertThat(shell("git", "clone", "--quiet", "-b", BRANCH, shop.toString(), clone)).isZero();
    assertThat(shell("sh", "-c", "cd " + clone + " && ./check && test -f VERSION")).isZero();
    assertThat(Files.readString(Path.of(clone, "docs", "parts.txt")))
        .isEqualTo(names(Path.of(clone, "src", "shop")));
    assertThat(Files.readString(Path.of(clone, "src", "shop", "Receipt.java"))).contains("Tax.of");
  }

  /** The files of a folder, a line each. */
  private static String names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName() + "\n").sorted().collect(Collectors.joining());
    }
  }

  private static int shell(String... words) throws Exception {
    try (Command command = Command.start(Command.PROJECT, Map.of(), List.of(words))) {
      return command.await();
    }
  }

  private static List<String> verdicts(JsonNode report, String task) {
    List<String> verdicts = new ArrayList<>();
    for (JsonNode batch : report.get("merges").get("batches")) {
      for (JsonNode member : batch.get("members")) {
        if (member.get("task").asText().equals(task)) {
          verdicts.add(member.get("verdict").asText());
        }
      }
    }
    return verdicts;
  }

  private static List<String> outcomes(JsonNode report, String task) {
    List<String> outcomes = new ArrayList<>();
    for (JsonNode entry : report.get("timeline")) {
      if (entry.get("task").asText().equals(task)) {
        outcomes.add(entry.get("outcome").asText());
      }
    }
    return outcomes;
  }
}
