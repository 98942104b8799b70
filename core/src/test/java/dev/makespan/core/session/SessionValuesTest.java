package dev.makespan.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.Work;
import dev.makespan.core.plan.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What small values of a session accept and say. */
class SessionValuesTest {

  @ParameterizedTest
  @CsvSource({"1, 60000", "60, 1000", "0.5, 120000"})
  void aFasterTaskTakesLessOfRealTime(double speed, long millis) {
    TaskSpec sample = Samples.spec();
    TaskSpec spec =
        new TaskSpec(
            sample.title(),
            sample.role(),
            sample.duration(),
            speed,
            false,
            new Work.AgentsDefault(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            "");

    assertThat(spec.realTime(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void usageCountsFromZero() {
    assertThat(new Usage(0, 0, 0)).isEqualTo(Usage.NONE);
    assertThat(new Usage(1, 2, 0.5).cost()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -0.01", "0, 0, NaN", "0, 0, Infinity"})
  void usageBelowZeroOrWithoutEndIsRefused(long input, long output, double cost) {
    assertThatThrownBy(() -> new Usage(input, output, cost))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("usage: expected numbers from 0");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, makespan/1/build/7",
        "work/{task}, work/build/7",
        "{run}-{id}-{fence}, 1-build-7"
      })
  void aBranchIsNeverThatOfAnotherAttempt(String pattern, String expected) {
    Workspace workspace = new Workspace("repo", "main", pattern, null, null);

    assertThat(BranchPattern.branch(workspace, Samples.ref(7))).isEqualTo(expected);
  }

  @Test
  void anArtifactIsKnownByItsHashAndSize() {
    String hash = "0123456789abcdef".repeat(4);

    assertThat(new MadeArtifact("a", hash, 0).bytes()).isZero();
    assertThatThrownBy(() -> new MadeArtifact("a", hash.substring(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MadeArtifact("a", hash, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sessionsAreOrderedByTheirNames() {
    SessionId one = new SessionId("s-1");

    assertThat(one).isLessThan(new SessionId("s-2")).hasToString("s-1");
    assertThat(one.compareTo(new SessionId("s-1"))).isZero();
  }
}
