package dev.makespan.formats.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskState;
import dev.makespan.proto.run.v1.AttemptOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunProtoTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000000001Z");

  @Test
  void everyStateOfATaskHasItsOwnNumber() {
    List<TaskState> states =
        List.of(
            new TaskState.Waiting(),
            new TaskState.Ready(AT),
            new TaskState.Leased(new AgentId("a"), 1, 1, AT),
            new TaskState.Running(new AgentId("a"), 1, 1, AT),
            new TaskState.Verifying(new AgentId("a"), 1, 1, "r", java.util.Map.of(), List.of()),
            new TaskState.Integrating(1, 1),
            new TaskState.Backoff(AT, Duration.ZERO, "b"),
            new TaskState.Held("h", 0),
            new TaskState.Cancelling(new AgentId("a"), 1, AT),
            new TaskState.Done(AT),
            new TaskState.Failed("f"),
            new TaskState.Cancelled("c"),
            new TaskState.Skipped("s", false));

    var numbers = states.stream().map(StateProto::toProto).distinct().toList();

    assertThat(numbers).hasSize(TaskState.class.getPermittedSubclasses().length);
    assertThat(states.stream().map(StateProto::reason)).contains("b", "h", "f", "c", "s");
  }

  @Test
  void statesOfRunsGoBothWays() {
    for (var state : dev.makespan.core.run.RunState.values()) {
      assertThat(StateProto.fromProto(StateProto.toProto(state))).isEqualTo(state);
    }
  }

  @Test
  void everyOutcomeOfAnAttemptHasItsOwnNumber() {
    Stream<AttemptOutcome> numbers =
        Arrays.stream(dev.makespan.core.task.Attempt.Outcome.values()).map(StateProto::toProto);

    assertThat(numbers).doesNotHaveDuplicates();
  }

  @Test
  void timesAreExactToTheNanosecond() {
    Timestamp timestamp = Times.toProto(AT);

    assertThat(Times.fromProto(timestamp)).isEqualTo(AT);
  }
}
