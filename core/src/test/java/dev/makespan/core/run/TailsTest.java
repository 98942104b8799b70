package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much work lies behind a task. */
class TailsTest {

  @Test
  void aTailIsTheLongestWayToTheEndWithMilestonesOnIt() {
    assertThat(
            tails(
                "a 10S milestone half@4S",
                "b 5S needs a",
                "c 20S needs a.half",
                "d 7S needs b,c",
                "e 1S"))
        .containsExactly(31_000, 12_000, 27_000, 7_000, 1_000);
  }

  @Test
  void aBarrierIsFollowedByTheLongestTailOfAllLaterPhases() {
    String[] tasks = {"a 1S phase one", "b 30S phase two", "c 4S phase three", "free 2S"};

    assertThat(tailsBehind("phase one", "phase two", "phase three", tasks))
        .containsExactly(1_000, 30_000, 4_000, 2_000);
    assertThat(tailsBehind("phase one barrier", "phase two", "phase three", tasks))
        .containsExactly(31_000, 30_000, 4_000, 2_000);
    assertThat(tailsBehind("phase one", "phase two barrier", "phase three", tasks))
        .containsExactly(1_000, 34_000, 4_000, 2_000);
  }

  private static long[] tails(String... plan) {
    return Tails.of(PlanText.plan(plan));
  }

  private static long[] tailsBehind(String one, String two, String three, String... tasks) {
    List<String> lines = new ArrayList<>(List.of(one, two, three));
    lines.addAll(List.of(tasks));
    return tails(lines.toArray(String[]::new));
  }
}
