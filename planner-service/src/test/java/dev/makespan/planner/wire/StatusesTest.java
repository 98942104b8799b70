package dev.makespan.planner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.planner.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusesTest {

  @Test
  void whatTheSchedulerSaysOfComingBackReachesClients() {
    Refusal full =
        new Refusal(
            Refusal.Kind.EXHAUSTED,
            "INTAKE_FULL",
            "100 wait already",
            List.of(),
            Map.of("plan", "upload"),
            Duration.ofMillis(1_500));

    assertThat(Statuses.refusalOf(Statuses.of(full))).isEqualTo(full);
  }

  @Test
  void whereNobodyKnowsWhenToComeBackNothingIsSaidOfIt() {
    Refusal away = Refusal.of(Refusal.Kind.NOT_FOUND, "NO_SUCH_RUN", "no such run");

    assertThat(Statuses.refusalOf(Statuses.of(away)).retryAfter()).isNull();
  }
}
