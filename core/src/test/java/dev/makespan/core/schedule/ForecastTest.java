package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.Plan;
import java.time.Duration;
import java.util.List;
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
    assertThat(criticality(forecast)).containsExactly(1.0, 1.0, 0.0);
    assertThat(forecast.onTime()).isEqualTo(1.0);
    assertThat(forecast.tasks()).extracting(Forecast.TaskRisk::sensitivity).containsOnly(0.0);
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
    assertThat(criticality(forecast)).containsExactly(1.0, 1.0);
  }

  @Test
  void theSameSeedGivesTheSameForecast() {
    Plan plan = new PlanBuilder().task("a", 60, t -> t.between(30, 200)).plan();

    assertThat(forecast(plan, 500)).isEqualTo(forecast(plan, 500));
  }

  @Test
  void theFinishGoesWithTheTaskThatIsUncertainAndCritical() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("wild", 60, t -> t.between(30, 200))
            .task("calm", 10, t -> t.needs("wild").between(9, 11))
            .task("aside", 5, t -> t.between(1, 9))
            .plan();

    List<Forecast.TaskRisk> tasks = forecast(plan, 5_000).tasks();

    assertThat(tasks.get(0).sensitivity()).isGreaterThan(0.99);
    assertThat(tasks.get(1).sensitivity()).isBetween(-0.1, 0.1);
    assertThat(tasks.get(2).sensitivity()).isBetween(-0.1, 0.1);
    assertThat(tasks.get(2).criticality()).isZero();
  }

  @Test
  void tasksOfOneRoleThatAreLateTogetherWidenTheForecast() {
    PlanBuilder builder = new PlanBuilder();
    for (int i = 0; i < 10; i++) {
      builder.task("t" + i, 60, t -> t.between(30, 120));
    }
    Plan plan = builder.plan();

    Forecast apart = forecast(plan, new ForecastTerms(7, 4_000, 0, 1, 1));
    Forecast together = forecast(plan, new ForecastTerms(7, 4_000, 0.9, 1, 1));

    assertThat(widthOf(together)).isGreaterThan(widthOf(apart) * 2);
    assertThat(together.mean().toMinutes())
        .isCloseTo(apart.mean().toMinutes(), within(apart.mean().toMinutes() / 50));
  }

  @Test
  void aTaskWithOneValueIsAsUncertainAsIsAssumed() {
    Plan plan = new PlanBuilder().task("a", 100).plan();

    Forecast forecast = forecast(plan, new ForecastTerms(7, 10_000, 0, 0.8, 2));

    assertThat(forecast.curve().getFirst()).isGreaterThanOrEqualTo(Duration.ofMinutes(80));
    assertThat(forecast.curve().getLast()).isLessThanOrEqualTo(Duration.ofMinutes(200));
    // PERT: (80 + 4 * 100 + 200) / 6
    assertThat(forecast.mean().toSeconds()).isCloseTo(6_800, within(40L));
    assertThat(Forecast.isUncertain(plan, ForecastTerms.DEFAULT)).isFalse();
  }

  @Test
  void thePercentilesIntervalHoldsTheTruePercentile() {
    Plan plan = new PlanBuilder().task("a", 60, t -> t.between(30, 200)).plan();
    Duration truth = forecast(plan, 200_000).p80();

    int held = 0;
    for (int seed = 100; seed < 200; seed++) {
      Forecast.Percentile p80 = forecast(plan, ForecastTerms.of(seed, 500)).percentiles().get(2);
      held += p80.low().compareTo(truth) <= 0 && p80.high().compareTo(truth) >= 0 ? 1 : 0;
    }

    assertThat(held).isBetween(88, 100);
  }

  @Test
  void aWatchEndsItWithTheSamplesSoFar() {
    Plan plan = new PlanBuilder().task("a", 60, t -> t.between(30, 200)).plan();
    Project project = Project.of(plan, Map.of());
    Schedule schedule = Solver.solve(project, Search.DEFAULT).schedule();
    int[] asked = {0};

    Forecast cut =
        Forecast.of(plan, project, schedule, ForecastTerms.of(7, 10_000), () -> ++asked[0] >= 500);

    assertThat(cut).isEqualTo(forecast(plan, 500));
  }

  private static long widthOf(Forecast forecast) {
    return forecast.p95().minus(forecast.p10()).toMillis();
  }

  private static List<Double> criticality(Forecast forecast) {
    return forecast.tasks().stream().map(Forecast.TaskRisk::criticality).toList();
  }

  private static Forecast forecast(Plan plan, int samples) {
    return forecast(plan, ForecastTerms.of(7, samples));
  }

  private static Forecast forecast(Plan plan, ForecastTerms terms) {
    Project project = Project.of(plan, Map.of());
    Schedule schedule = Solver.solve(project, Search.DEFAULT).schedule();
    return Forecast.of(plan, project, schedule, terms);
  }
}
