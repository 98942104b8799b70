package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.Traces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracesOfResultTest {

  private static final String HASH = "ab".repeat(32);

  private static AgentSays.Result result(
      List<String> files, List<MadeArtifact> artifacts, Usage usage) {
    TaskRef ref = new TaskRef(new RunId(1), new TaskId("a"), 1);
    return new AgentSays.Result(
        ref,
        "r",
        AgentSays.Outcome.FAILED,
        "no disk",
        Map.of(),
        List.of(),
        files,
        "",
        artifacts,
        usage,
        Map.of());
  }

  @Test
  void allThatAResultTellsIsKept() {
    Traces traces =
        TracesOfResult.of(
            result(
                List.of("src/a"),
                List.of(new MadeArtifact("jar", HASH, 12)),
                new Usage(10, 20, 0.5)));

    assertThat(traces)
        .isEqualTo(
            new Traces(
                List.of("src/a"),
                0,
                List.of(new Traces.Artifact("jar", HASH, 12)),
                0,
                new Traces.Usage(10, 20, 0.5)));
  }

  @Test
  void aResultThatTellsNothingLeavesNothing() {
    assertThat(TracesOfResult.of(result(List.of(), List.of(), Usage.NONE))).isSameAs(Traces.NONE);
  }
}
