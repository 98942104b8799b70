package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.formats.analysis.AnalysisDocument;
import dev.makespan.formats.analysis.AnalysisJson;
import dev.makespan.formats.analysis.AnalyzedPlan;
import dev.makespan.formats.analysis.FindingDocument;
import dev.makespan.planner.Operation;
import dev.makespan.planner.Operations;
import dev.makespan.planner.Pools;
import dev.makespan.planner.Progress;
import dev.makespan.planner.Questions;
import dev.makespan.planner.Result;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results of questions. Times count from the start of the run, in plan time. */
final class ResultJson {

  private ResultJson() {}

  /** The representation of an answer; each kind has a record of its own. */
  static Object of(Questions.Answered answered) {
    PlanJson plan = PlanJson.of(answered.plan());
    return of(plan, answered.result(), _ -> AnalysisDocument.of(analyzed(answered)));
  }

  /** Of a plan that may be deleted since. */
  static Object of(Operations.Outcome outcome, String fileName) {
    return of(
        null,
        outcome.result(),
        analyzed -> AnalysisJson.of(document(outcome.operation(), analyzed, fileName)));
  }

  /** An answer about the analysis, with the plan that was analysed. */
  static AnalyzedPlan analyzed(Questions.Answered answered) {
    Plan plan = answered.opened().plan();
    return switch (answered.result()) {
      case Result.Analyzed analyzed ->
          new AnalyzedPlan(
              plan,
              Pools.over(plan, answered.question()),
              analyzed.analysis(),
              analyzed.review(),
              answered.opened().source().fileName(),
              part -> Optional.ofNullable(analyzed.places().get(part)));
      case Result.Scheduled _, Result.Drawn _, Result.Forecasted _ ->
          throw new IllegalStateException("an analysis was asked for");
    };
  }

  private static AnalysisDocument document(
      Operation operation, Result.Analyzed analyzed, String fileName) {
    Map<Role, Integer> pools = new LinkedHashMap<>();
    operation.question().pools().forEach((role, slots) -> pools.put(new Role(role), slots));
    return AnalysisDocument.of(
        operation.plan().name(),
        pools,
        analyzed.analysis(),
        analyzed.review(),
        new FindingDocument.Places(
            fileName, part -> Optional.ofNullable(analyzed.places().get(part))));
  }

  private static Object of(
      @Nullable PlanJson plan, Result result, Function<Result.Analyzed, Object> ofAnalysis) {
    return switch (result) {
      case Result.Analyzed analyzed -> ofAnalysis.apply(analyzed);
      case Result.Scheduled scheduled -> ScheduleJson.of(plan, scheduled);
      case Result.Drawn drawn -> CurveJson.of(plan, drawn);
      case Result.Forecasted forecasted -> ForecastJson.of(plan, forecasted);
    };
  }

  /** One task of a schedule. */
  @RegisterForReflection
  public record PlannedJson(
      String task,
      double startSeconds,
      double finishSeconds,
      double slackSeconds,
      boolean critical,
      String slot) {
    static PlannedJson of(PlannedTask task) {
      return new PlannedJson(
          task.task().value(),
          Seconds.of(task.start()),
          Seconds.of(task.finish()),
          Seconds.of(task.slack()),
          task.critical(),
          task.slot());
    }
  }

  /**
   * A schedule.
   *
   * @param gapPercent how far it is above the lower bound
   * @param schedules how many were tried
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ScheduleJson(
      @Nullable PlanJson plan,
      double makespanSeconds,
      double lowerBoundSeconds,
      String lowerBoundReason,
      double gapPercent,
      boolean optimal,
      long schedules,
      List<PlannedJson> tasks) {
    static ScheduleJson of(@Nullable PlanJson plan, Result.Scheduled result) {
      return new ScheduleJson(
          plan,
          Seconds.of(result.makespan()),
          Seconds.of(result.lowerBound()),
          result.lowerBoundReason(),
          Progress.gapPercent(result.makespan(), result.lowerBound()),
          result.isOptimal(),
          result.schedules(),
          result.tasks().stream().map(PlannedJson::of).toList());
    }
  }

  /**
   * The makespan by the number of agents.
   *
   * @param knee the fewest agents within 3 % of the best
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CurveJson(
      @Nullable PlanJson plan,
      List<String> roles,
      int knee,
      double mergeSeconds,
      double conflictChance,
      double rework,
      List<PointJson> points) {
    static CurveJson of(@Nullable PlanJson plan, Result.Drawn result) {
      var overheads = result.curve().overheads();
      return new CurveJson(
          plan,
          result.roles().stream().map(Role::value).toList(),
          result.curve().knee(),
          Seconds.of(overheads.merge()),
          overheads.conflictChance(),
          overheads.rework(),
          result.curve().points().stream().map(PointJson::of).toList());
    }
  }

  /** The plan with so many agents. */
  @RegisterForReflection
  public record PointJson(
      int agents,
      double makespanSeconds,
      double lowerBoundSeconds,
      double netSeconds,
      double paidSeconds,
      double efficiency) {
    static PointJson of(dev.makespan.core.schedule.AgentCurve.Point point) {
      return new PointJson(
          point.agents(),
          Seconds.of(point.makespan()),
          Seconds.of(point.lowerBound()),
          Seconds.of(point.net()),
          Seconds.of(point.paid()),
          point.efficiency());
    }
  }

  /**
   * When the plan will be done.
   *
   * @param onTime the share of samples within the planned makespan
   * @param curveSeconds the finish of the 0th to the 100th percentile
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ForecastJson(
      @Nullable PlanJson plan,
      double plannedSeconds,
      double onTime,
      double meanSeconds,
      List<PercentileJson> percentiles,
      List<Double> curveSeconds,
      List<RiskJson> tasks,
      int samples) {
    static ForecastJson of(@Nullable PlanJson plan, Result.Forecasted result) {
      Forecast forecast = result.forecast();
      List<RiskJson> tasks = new ArrayList<>();
      for (int i = 0; i < result.tasks().size(); i++) {
        Forecast.TaskRisk risk = forecast.tasks().get(i);
        tasks.add(
            new RiskJson(result.tasks().get(i).value(), risk.criticality(), risk.sensitivity()));
      }
      return new ForecastJson(
          plan,
          Seconds.of(forecast.planned()),
          forecast.onTime(),
          Seconds.of(forecast.mean()),
          forecast.percentiles().stream().map(PercentileJson::of).toList(),
          forecast.curve().stream().map(Seconds::of).toList(),
          tasks,
          forecast.samples());
    }
  }

  /** A finish that so many percent keep; the true one is between low and high. */
  @RegisterForReflection
  public record PercentileJson(
      int percent, double finishSeconds, double lowSeconds, double highSeconds) {
    static PercentileJson of(Forecast.Percentile percentile) {
      return new PercentileJson(
          percentile.percent(),
          Seconds.of(percentile.finish()),
          Seconds.of(percentile.low()),
          Seconds.of(percentile.high()));
    }
  }

  /** What a task does to the finish. */
  @RegisterForReflection
  public record RiskJson(String task, double criticality, double sensitivity) {}

  /**
   * How far a computation is.
   *
   * @param total of how many; 0: until the time is up
   * @param makespanSeconds of the best so far; left out: none yet
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ProgressJson(
      long done,
      long total,
      @Nullable Double makespanSeconds,
      @Nullable Double lowerBoundSeconds,
      double gapPercent) {
    static ProgressJson of(Progress progress) {
      Duration makespan = progress.makespan();
      Duration bound = progress.lowerBound();
      return new ProgressJson(
          progress.done(),
          progress.total(),
          Seconds.ofNullable(makespan),
          Seconds.ofNullable(bound),
          progress.gapPercent());
    }
  }
}
