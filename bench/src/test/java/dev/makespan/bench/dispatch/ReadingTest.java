package dev.makespan.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.bench.dispatch.Reading.Goal;
import org.junit.jupiter.api.Test;

class ReadingTest {

  @Test
  void theMedianIsHeldAgainstTheGoal() {
    Reading fast = Reading.of("rate", "tasks/s", new double[] {9, 5, 7}, Goal.atLeast(6, 8));
    Reading slow = Reading.of("time", "ms", new double[] {9, 5, 7}, Goal.atMost(6, 4));

    assertThat(fast.json()).contains("\"min\":5.0000,\"median\":7.0000,\"max\":9.0000");
    assertThat(fast.json()).contains("\"reached\":\"must\"");
    assertThat(slow.json()).contains("\"reached\":\"missed\"");
    assertThat(Reading.of("time", "ms", 4, Goal.atMost(6, 4)).json())
        .contains("\"reached\":\"aim\"");
  }

  @Test
  void whatNothingIsAskedOfHasNoGoal() {
    assertThat(Reading.of("cost", "µs", 4, Goal.NONE).json())
        .contains("\"must\":null,\"aim\":null,\"reached\":\"\"");
  }
}
