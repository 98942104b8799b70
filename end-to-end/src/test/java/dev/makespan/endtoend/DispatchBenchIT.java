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
 * The bench of the whole path, as small as it can be; bare queues aside, of which one is fetched.
 */
class DispatchBenchIT {

  @TempDir Path folder;

  @Test
  void everyFigureIsMeasuredAndTheJsonIsWhole() throws Exception {
    String ports = Integer.toString(TestHome.in(folder).portBase());
    JsonNode document =
        measured(
            "bench dispatch tasks layers latency start growth streams --output json".split(" "),
            "--seconds=2 --warmups=0 --repeat=1 --sessions=5 --slots=4 --connections=2".split(" "),
            "--tasks=200 --width=20 --rate=50 --start-tasks=200 --sizes=100,200".split(" "),
            "--streams=20 --stream-connections=4 --heap=256 --gateway-heap=128".split(" "),
            new String[] {"--port-base=" + ports});

    assertThat(document.at("/machine/cores").asInt()).isPositive();
    assertThat(document.findValuesAsText("subject"))
        .containsSubsequence(
            "the suite",
            "independent tasks",
            "layered tasks",
            "ready to assignment at the agent",
            "start of a run",
            "cost per task by size of the run",
            "idle streams of one gateway");
    assertThat(document.at("/sheets/0/facts/PostgreSQL").asText())
        .isEqualTo("fsync=on synchronous_commit=on full_page_writes=on");
    assertThat(document.at("/sheets/1/facts/whole runs").asText()).isEqualTo("1/1");
    for (JsonNode reading : document.at("/sheets/1/readings")) {
      assertThat(reading.get("median").isNumber()).as(reading.toString()).isTrue();
    }
    assertThat(document.at("/sheets/1/readings/0/median").asDouble()).isPositive();
  }

  private static JsonNode measured(String[]... words) throws Exception {
    List<String> all = new ArrayList<>();
    for (String[] some : words) {
      all.addAll(List.of(some));
    }
    try (Command bench = Command.start(Map.of(), all.toArray(String[]::new))) {
      assertThat(bench.await()).as(bench.text()).isZero();
      String json =
          bench.lines().stream().filter(line -> line.startsWith("{")).findFirst().orElseThrow();
      return new ObjectMapper().readTree(json);
    }
  }
}
