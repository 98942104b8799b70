package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForecastTest {

  @Test
  void certainDurationsAreForecastAsTheSchedule() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 2)
            .task("a", 60, t -> t.milestone("half", 30))
            .task("b", 60, t -> t.needs("a.half"))
            .task("c", 10)
            .plan();

    Forecast forecast = forecast(plan, 100);

    assertThat(forecast.p10()).isEqualTo(Duration.ofMinutes(90));
    assertThat(forecast.p95()).isEqualTo(Duration.ofMinutes(90));
    assertThat(forecast.criticality()).containsExactly(1.0, 1.0, 0.0);
  }

  @Test
  void aSymmetricTaskHasItsMedianInTheMiddle() {
    Plan plan = new PlanBuilder().task("a", 60, t -> t.between(30, 90)).plan();

    Forecast forecast = forecast(plan, 10_000);

    assertThat(forecast.p50().toSeconds()).isCloseTo(3600, within(60L));
    assertThat(forecast.p10()).isLessThan(forecast.p50());
    assertThat(forecast.p95()).isGreaterThan(forecast.p80()).isLessThan(Duration.ofMinutes(90));
  }

  @Test
  void twoTasksOfOneAgentFollowEachOther() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 1)
            .task("a", 60, t -> t.between(60, 120))
            .task("b", 60, t -> t.between(60, 120))
            .plan();

    Forecast forecast = forecast(plan, 2_000);

    assertThat(forecast.p50()).isGreaterThan(Duration.ofMinutes(125));
    assertThat(forecast.criticality()).containsExactly(1.0, 1.0);
  }

  @Test
  void theSameSeedGivesTheSameForecast() {
    Plan plan = new PlanBuilder().task("a", 60, t -> t.between(30, 200)).plan();

    assertThat(forecast(plan, 500)).isEqualTo(forecast(plan, 500));
  }

  private static Forecast forecast(Plan plan, int samples) {
    Project project = Project.of(plan, Map.of());
    Schedule schedule = Solver.solve(project, Search.DEFAULT).schedule();
    return Forecast.of(plan, project, schedule, 7, samples);
  }
}
