package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One round of faults from a fixed seed. Promises are asked of, and that the suite was really hit;
 * how soon it recovers is the machine's, and the bench's to measure.
 */
class ChaosIT {

  private static final List<String> FAULTS =
      List.of("scheduler-kill", "gateway-kill", "agent-kill", "backends-kill", "link-reset");

  /** Each is a sign that somebody was answered no, or had to say it again. */
  private static final List<String> REFUSED_OR_RETRIED =
      List.of(
          "writes of a replaced scheduler, refused",
          "commits of unknown outcome, written again",
          "results DUPLICATE",
          "results SUPERSEDED",
          "calls of unknown outcome or refused for now");

  @TempDir Path folder;

  @Test
  void everyPromiseIsKeptWhateverIsKilledAndCutOff() throws Exception {
    JsonNode report = chaos("--rounds=1", "--storm=0", "--seed=4", "--lease=5");

    assertThat(report.get("broken")).as(report.toPrettyString()).isEmpty();
    assertThat(report.at("/seen/faults").asInt()).isEqualTo(FAULTS.size());
    assertThat(report.at("/facts/all runs ended").asText()).endsWith("after the last fault");
    assertThat(report.get("faults")).hasSize(FAULTS.size());
    for (JsonNode fault : report.get("faults")) {
      assertThat(fault.get("strikes").asInt()).as(fault.toString()).isEqualTo(1);
    }
    for (JsonNode promise : report.get("promises")) {
      assertThat(promise.get("looks").asLong()).as(promise.toString()).isPositive();
    }
    assertThat(REFUSED_OR_RETRIED)
        .as(report.get("seen").toPrettyString())
        .anyMatch(sign -> report.get("seen").path(sign).asLong() > 0);
  }

  private JsonNode chaos(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("bench", "chaos", "--output=json"));
    all.addAll(List.of(words));
    all.addAll(List.of("--faults=" + String.join(",", FAULTS), "--streams=0", "--flood=0"));
    all.add("--port-base=" + TestHome.in(folder).portBase());
    try (Command bench = Command.start(Map.of(), all.toArray(String[]::new))) {
      int code = bench.await();
      assertThat(code).as(bench.text()).isZero();
      String json =
          bench.lines().stream().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
      return new ObjectMapper().readTree(json);
    }
  }
}
