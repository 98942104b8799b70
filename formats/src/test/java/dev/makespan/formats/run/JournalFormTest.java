package dev.makespan.formats.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.FailureCause;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.PlanReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two adjacent versions share a database: what the last one wrote is read, and as it was meant. */
class JournalFormTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "journal");
  private static final Instant AT = Instant.ofEpochSecond(1_790_000_000);
  private static final RunId RUN = new RunId(1);
  private static final Traces TRACES =
      Traces.of(
          List.of("src/a.rs"),
          List.of(new Traces.Artifact("jar", "ab".repeat(32), 12)),
          new Traces.Usage(1_000, 200, 0.5));

  @Test
  void aJournalFromBeforeThereWereTracesIsReplayed() throws IOException {
    List<RunEvent> journal = new ArrayList<>();
    for (String line : Files.readAllLines(GOLDEN.resolve("before-traces.txtpb"))) {
      if (line.startsWith("events {")) {
        String event = line.substring("events {".length(), line.lastIndexOf('}'));
        journal.add(RunEventProto.fromProto(RUN, parsed(event)));
      }
    }

    Run run = Run.replay(new RunSpec(RUN, plan(), 1, Map.of(), false, 1, AT), journal);

    List<Attempt> attempts = run.life(run.indexOf(new TaskId("a"))).attempts();
    assertThat(run.state()).isEqualTo(RunState.DONE);
    assertThat(attempts)
        .extracting(Attempt::message, attempt -> attempt.delivery().outputs().size())
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("no disk", 0),
            org.assertj.core.api.Assertions.tuple("", 1));
    assertThat(attempts)
        .allSatisfy(attempt -> assertThat(attempt.delivery().traces()).isEqualTo(Traces.NONE));
  }

  @Test
  void resultsAreWrittenAsTheyWere() throws IOException {
    List<TaskEvent> events =
        List.of(
            new TaskEvent.Reported(
                7, "r", Map.of("coverage", 81.5), new Delivery("ab", Map.of("n", "v"), TRACES)),
            new TaskEvent.Reported(7, "r", Map.of()),
            new TaskEvent.AttemptFailed(
                7, FailureCause.WORK, "no disk", Duration.ofSeconds(1), "r", TRACES),
            new TaskEvent.Used(7, new Traces.Usage(1_000, 200, 0.5)),
            new TaskEvent.Failed(7, FailureCause.WORK, "never", "r", TRACES));
    StringBuilder text = new StringBuilder();
    for (TaskEvent event : events) {
      RunEvent entry = new RunEvent(RUN, 1, AT, new RunEvent.TaskChanged(new TaskId("a"), event));
      text.append(TextFormat.printer().printToString(RunEventProto.toProto(entry))).append('\n');
    }
    Path golden = GOLDEN.resolve("results.txtpb");

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, text);
    }

    assertThat(text.toString()).isEqualTo(Files.readString(golden));
  }

  private static dev.makespan.proto.run.v1.RunEvent parsed(String text) throws IOException {
    var event = dev.makespan.proto.run.v1.RunEvent.newBuilder();
    TextFormat.merge(text, event);
    return event.build();
  }

  private static Plan plan() {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: small}
        spec: {tasks: [{id: a, duration: 1m}]}
        """;
    return ((CheckedPlan.Accepted) PlanReader.read(text.getBytes(StandardCharsets.UTF_8))).plan();
  }
}
