package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final long FENCE = 7;
  private static final Traces.Usage USED = new Traces.Usage(10, 20, 0.5);
  private static final Traces TRACES = Traces.of(List.of("src/a"), List.of(), USED);

  private static TaskLife running() {
    return TaskLife.BEGINNING
        .after(new TaskEvent.Ready(), T0)
        .after(new TaskEvent.Leased(new AgentId("a"), FENCE, 1), T0)
        .after(new TaskEvent.Started(FENCE), T0);
  }

  private static Traces kept(TaskLife life) {
    return life.attempts().getLast().delivery().traces();
  }

  @Test
  void whatIsPastTheLimitsIsCountedAndNotKept() {
    List<String> files = Collections.nCopies(Traces.MAX_FILES + 5, "a");
    Traces.Artifact artifact = new Traces.Artifact("jar", "ab".repeat(32), 1);
    List<Traces.Artifact> artifacts = Collections.nCopies(Traces.MAX_ARTIFACTS + 2, artifact);

    Traces traces = Traces.of(files, artifacts, USED);

    assertThat(traces.files()).hasSize(Traces.MAX_FILES);
    assertThat(traces.filesLeftOut()).isEqualTo(5);
    assertThat(traces.artifacts()).hasSize(Traces.MAX_ARTIFACTS);
    assertThat(traces.artifactsLeftOut()).isEqualTo(2);
  }

  @Test
  void longPathsAreKeptUntilTheirCharactersAreTooMany() {
    List<String> files = Collections.nCopies(100, "a".repeat(1_000));

    Traces traces = Traces.of(files, List.of(), USED);

    assertThat(traces.files()).hasSize(65);
    assertThat(traces.filesLeftOut()).isEqualTo(35);
  }

  @Test
  void anAttemptKeepsTheTracesOfItsGoodResult() {
    TaskEvent reported =
        new TaskEvent.Reported(FENCE, "r", Map.of(), new Delivery("ab", Map.of(), TRACES));

    assertThat(kept(running().after(reported, T0))).isEqualTo(TRACES);
  }

  @Test
  void anAttemptKeepsTheTracesOfItsFailure() {
    TaskEvent failed =
        new TaskEvent.AttemptFailed(
            FENCE, FailureCause.WORK, "no disk", Duration.ZERO, "r", TRACES);
    TaskEvent forGood = new TaskEvent.Failed(FENCE, FailureCause.WORK, "never", "r", TRACES);

    assertThat(kept(running().after(failed, T0))).isEqualTo(TRACES);
    assertThat(kept(running().after(forGood, T0))).isEqualTo(TRACES);
    assertThat(running().after(failed, T0).attempts().getLast().resultId()).isEqualTo("r");
  }

  @Test
  void aRedGateTakesNothingAwayOfWhatWasReported() {
    TaskLife reported =
        running()
            .after(
                new TaskEvent.Reported(FENCE, "r", Map.of(), new Delivery("ab", Map.of(), TRACES)),
                T0);

    TaskLife red =
        reported.after(
            new TaskEvent.AttemptFailed(FENCE, FailureCause.GATE, "red", Duration.ZERO, "r"), T0);

    assertThat(kept(red)).isEqualTo(TRACES);
    assertThat(red.attempts().getLast().delivery().commit()).isEqualTo("ab");
  }

  @Test
  void aFailureThatIsDecidedCarriesWhatItsCommandTold() {
    for (boolean retryable : List.of(true, false)) {
      TaskCommand fail = new TaskCommand.Fail(FENCE, "r", "no disk", retryable, TRACES);

      TaskDecision decision = TaskRules.decide(running(), fail, terms(), 0);

      assertThat(decision)
          .isInstanceOfSatisfying(
              TaskDecision.Accepted.class,
              accepted -> {
                TaskLife after = running().after(accepted.events().getLast(), T0);
                assertThat(kept(after)).isEqualTo(TRACES);
              });
    }
  }

  private static TaskTerms terms() {
    return new TaskTerms(3, 3, 3, 3, Duration.ZERO, List.of(), List.of(), false);
  }
}
