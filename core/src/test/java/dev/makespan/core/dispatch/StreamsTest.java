package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are moved under load: no attempt may be lost, and none charged. */
@Tag("lives")
class StreamsTest {

  private static final int TASKS = 300;

  private static RunSpec spec() {
    String[] tasks =
        IntStream.range(0, TASKS).mapToObj(i -> "t" + i + " 2S").toArray(String[]::new);
    return new RunSpec(
        new RunId(1), PlanText.plan(tasks), 1, Map.of(), true, 1, StreamsRehearsal.T0);
  }

  private static Map<Attempt.Outcome, Integer> outcomes(Run run) {
    Map<Attempt.Outcome, Integer> outcomes = new EnumMap<>(Attempt.Outcome.class);
    run.view()
        .tasks()
        .forEach(task ->
            task.attempts().forEach(attempt -> outcomes.merge(attempt.outcome(), 1, Integer::sum)));
    return outcomes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aRollingRestartLosesNoAttemptAndChargesNone(long seed) {
    StreamsRehearsal rehearsal = new StreamsRehearsal(spec(), SessionClocks.DEFAULT, 2, 10, seed);
    rehearsal.restartEach(Duration.ofSeconds(10));

    Run run = rehearsal.run(Duration.ofMinutes(10));

    assertThat(run.state()).as(rehearsal.describe()).isEqualTo(RunState.DONE);
    assertThat(rehearsal.moves()).isGreaterThanOrEqualTo(10);
    assertThat(outcomes(run)).containsEntry(Attempt.Outcome.DONE, TASKS);
    assertThat(outcomes(run))
        .containsOnlyKeys(
            outcomes(run).containsKey(Attempt.Outcome.RETURNED)
                ? new Attempt.Outcome[] {Attempt.Outcome.DONE, Attempt.Outcome.RETURNED}
                : new Attempt.Outcome[] {Attempt.Outcome.DONE});
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void streamsThatAreRenewedAllTheTimeLoseNothing(int gateways) {
    SessionClocks impatient =
        new SessionClocks(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));
    for (long seed = 1; seed <= 20; seed++) {
      StreamsRehearsal rehearsal = new StreamsRehearsal(spec(), impatient, gateways, 10, seed);

      Run run = rehearsal.run(Duration.ofMinutes(10));

      assertThat(run.state()).as(rehearsal.describe()).isEqualTo(RunState.DONE);
      assertThat(rehearsal.moves()).as("seed " + seed).isGreaterThan(50);
      assertThat(outcomes(run))
          .as("seed " + seed)
          .containsEntry(Attempt.Outcome.DONE, TASKS)
          .doesNotContainKeys(Attempt.Outcome.LOST, Attempt.Outcome.FAILED);
    }
  }

  @Test
  void theSameSeedTwiceGivesTheSameRun() {
    Run first = new StreamsRehearsal(spec(), SessionClocks.DEFAULT, 2, 10, 7).run(LIMIT);
    Run second = new StreamsRehearsal(spec(), SessionClocks.DEFAULT, 2, 10, 7).run(LIMIT);

    assertThat(first.view()).isEqualTo(second.view());
  }

  private static final Duration LIMIT = Duration.ofMinutes(10);
}
