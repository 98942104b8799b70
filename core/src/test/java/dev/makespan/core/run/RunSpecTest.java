package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSpecTest {

  @Test
  void aFasterRunTakesLessOfRealTime() {
    Duration minute = Duration.ofMinutes(1);

    assertThat(spec(1, 1).realTime(minute)).isEqualTo(minute);
    assertThat(spec(60, 1).realTime(minute)).isEqualTo(Duration.ofSeconds(1));
    assertThat(spec(0.5, 1).realTime(minute)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void speedAndWeightMayBeAtTheirLimits() {
    assertThat(spec(RunSpec.MIN_SPEED, RunSpec.MIN_WEIGHT).weight()).isEqualTo(1);
    assertThat(spec(RunSpec.MAX_SPEED, RunSpec.MAX_WEIGHT).weight()).isEqualTo(1_000);
  }

  @Test
  void speedAndWeightBeyondTheirLimitsAreRefused() {
    assertThatThrownBy(() -> spec(0.0009, 1))
        .hasMessage("speed: expected 0.001 to 1000000.0, was 9.0E-4");
    assertThatThrownBy(() -> spec(1_000_001, 1)).hasMessageContaining("was 1000001.0");
    assertThatThrownBy(() -> spec(Double.NaN, 1)).hasMessageContaining("was NaN");
    assertThatThrownBy(() -> spec(1, 0)).hasMessage("weight: expected 1 to 1000, was 0");
    assertThatThrownBy(() -> spec(1, 1_001)).hasMessageContaining("was 1001");
  }

  private static RunSpec spec(double speed, int weight) {
    return new RunSpec(
        new RunId(1), PlanText.plan("a 1S"), 1, Map.of(), false, speed, weight, OneRun.T0);
  }
}
