package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.PlanText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunForecastTest {

  private static final Map<Role, Integer> TWO = Map.of(new Role("dev"), 2);
  private static final TaskStanding OPEN = new TaskStanding.Open(List.of());

  @Test
  void aRunThatHasNotBegunTakesItsSchedule() {
    RunForecast forecast = forecast(plan("a 10S", "b 20S", "c 30S needs a"), OPEN, OPEN, OPEN);

    assertThat(forecast.p50()).isEqualTo(Duration.ofSeconds(40));
    assertThat(forecast.p95()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void whatIsDoneIsFixedAndWhatIsLiveHasItsRestLeft() {
    RunForecast forecast =
        forecast(plan("a 10S", "b 20S", "c 30S needs a,b"), done(10), live(5), OPEN);

    assertThat(forecast.p50()).isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void whatIsYetToStartIsScaledAsItsRoleHasTurnedOut() {
    RunForecast forecast = forecast(plan("a 10S", "b 20S", "c 30S needs a"), done(20), OPEN, OPEN);

    assertThat(forecast.p50()).isEqualTo(Duration.ofMinutes(1));
    assertThat(forecast.pace()).containsEntry(new Role("dev"), 2.0);
  }

  @Test
  void fewerAgentsTakeLonger() {
    Plan plan = plan("a 10S", "b 10S", "c 10S");
    List<TaskStanding> standings = List.of(OPEN, OPEN, OPEN);

    RunForecast one =
        RunForecast.of(plan, standings, Map.of(new Role("dev"), 1), ForecastTerms.of(1, 10));
    RunForecast two = RunForecast.of(plan, standings, TWO, ForecastTerms.of(1, 10));

    assertThat(one.p50()).isEqualTo(Duration.ofSeconds(30));
    assertThat(two.p50()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void anUncertainTaskIsCutOffWhereItIs() {
    Plan plan = uncertain(plan("a 10S"), 5, 10, 60);

    RunForecast begun = forecast(plan, live(0));
    RunForecast late = forecast(plan, live(40));

    assertThat(begun.p95()).isGreaterThan(begun.p50());
    assertThat(late.p95()).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(late.p50()).isPositive();
  }

  @Test
  void aTaskThatHasOutlivedEveryEstimateIsNotTakenToBeDone() {
    RunForecast forecast = forecast(plan("a 10S"), live(100));

    assertThat(forecast.p50()).isPositive();
  }

  @Test
  void measuredScatterMakesCertainEstimatesUncertain() {
    List<String> lines = new ArrayList<>();
    List<TaskStanding> standings = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lines.add("t" + i + " 10S");
      standings.add(done(i % 2 == 0 ? 5 : 15));
    }
    lines.add("last 100S");
    standings.add(OPEN);

    RunForecast forecast =
        RunForecast.of(
            plan(lines.toArray(String[]::new)), standings, TWO, ForecastTerms.of(1, 1_000));

    assertThat(forecast.p50()).isBetween(Duration.ofSeconds(80), Duration.ofMinutes(2));
    assertThat(forecast.p95()).isGreaterThan(forecast.p50());
  }

  @Test
  void aReachedMilestoneHoldsNobodyUpAndTheNextOneComesInItsTime() {
    Plan plan =
        plan(
            "a 100S milestone early@10S milestone late@60S",
            "b 5S needs a.early",
            "c 5S needs a.late");
    TaskStanding live =
        new TaskStanding.Live(Duration.ofSeconds(20), List.of(new MilestoneId("early")));

    RunForecast forecast = forecast(plan, live, OPEN, OPEN);

    assertThat(forecast.p50()).isEqualTo(Duration.ofSeconds(80));
  }

  @Test
  void whatFailedOrWasLeftOutHoldsNothingUp() {
    RunForecast forecast = forecast(plan("a 10S", "b 20S needs a"), new TaskStanding.Gone(), OPEN);

    assertThat(forecast.p50()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void theSameSeedGivesTheSameForecast() {
    Plan plan = uncertain(plan("a 10S", "b 10S needs a"), 5, 10, 60);

    assertThat(forecast(plan, live(3), OPEN)).isEqualTo(forecast(plan, live(3), OPEN));
  }

  private static RunForecast forecast(Plan plan, TaskStanding... standings) {
    return RunForecast.of(plan, List.of(standings), TWO, ForecastTerms.of(7, 500));
  }

  private static TaskStanding done(int seconds) {
    return new TaskStanding.Done(Duration.ofSeconds(seconds));
  }

  private static TaskStanding live(int seconds) {
    return new TaskStanding.Live(Duration.ofSeconds(seconds), List.of());
  }

  private static Plan plan(String... lines) {
    return PlanText.plan(lines);
  }

  private static Plan uncertain(Plan plan, int best, int likely, int worst) {
    Estimate estimate =
        new Estimate(
            Duration.ofSeconds(best),
            Duration.ofSeconds(likely),
            Duration.ofSeconds(worst),
            null,
            false);
    List<Task> tasks = plan.tasks().stream().map(t -> t.withEstimate(estimate)).toList();
    return plan.withTasks(tasks);
  }
}
