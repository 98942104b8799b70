package dev.makespan.planner;

import dev.makespan.core.analysis.CriticalPath;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Scope;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.CurveWatch;
import dev.makespan.core.schedule.Forecast;
import dev.makespan.core.schedule.ForecastTerms;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import dev.makespan.formats.edit.PlanPlaces;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers complete questions, with the core. */
final class Solving {

  private Solving() {}

  /** Ends early, with what there is, when {@code watch} says so. */
  static Result answer(Plan plan, PlanSource file, Question question, CurveWatch watch) {
    Map<Role, Integer> pools = Pools.over(plan, question);
    return switch (question) {
      case Question.Analysis _ -> analyze(plan, file, pools, watch);
      case Question.Schedule asked -> schedule(plan, pools, asked, watch);
      case Question.Curve asked -> curve(plan, pools, asked, watch);
      case Question.Forecast asked -> forecast(plan, pools, asked, watch);
    };
  }

  /** As the command does it, so that both say the same. */
  private static Result analyze(
      Plan plan, PlanSource file, Map<Role, Integer> pools, CurveWatch watch) {
    Scope scope = Scope.of(plan, pools, Search.DEFAULT, watch);
    PlanReview review = PlanReview.of(scope);
    PlanPlaces places = PlanPlaces.of(file.content());
    Map<PlanPart, Position> found = new LinkedHashMap<>();
    review.findings().stream()
        .flatMap(finding -> finding.evidence().stream())
        .forEach(evidence -> found.computeIfAbsent(evidence.part(), places::of));
    return new Result.Analyzed(scope.analysis(), review, found);
  }

  private static Result schedule(
      Plan plan, Map<Role, Integer> pools, Question.Schedule asked, CurveWatch watch) {
    Project project = Project.of(plan, pools);
    Solution solution = solve(project, asked.seed(), asked.schedules(), watch);
    return new Result.Scheduled(
        Duration.ofMillis(solution.schedule().makespan()),
        Duration.ofMillis(solution.bound().value()),
        solution.bound().reason(),
        solution.schedules(),
        PlannedTask.of(plan, CriticalPath.of(project.graph()), solution.schedule()));
  }

  private static Result curve(
      Plan plan, Map<Role, Integer> pools, Question.Curve asked, CurveWatch watch) {
    List<Role> varied =
        asked.role().isEmpty() ? AgentCurve.rolesOf(plan) : List.of(new Role(asked.role()));
    Search search = new Search(asked.seed(), (int) asked.schedules());
    AgentCurve curve =
        AgentCurve.of(plan, varied, pools, asked.mostAgents(), search, asked.overheads(), watch);
    return new Result.Drawn(varied, curve);
  }

  private static Result forecast(
      Plan plan, Map<Role, Integer> pools, Question.Forecast asked, CurveWatch watch) {
    Project project = Project.of(plan, pools);
    Solution solution = solve(project, asked.seed(), asked.schedules(), watch);
    ForecastTerms terms =
        new ForecastTerms(
            asked.seed(),
            asked.samples(),
            asked.roleCorrelation(),
            asked.assumedBest(),
            asked.assumedWorst());
    Forecast forecast = Forecast.of(plan, project, solution.schedule(), terms, watch);
    return new Result.Forecasted(plan.tasks().stream().map(Task::id).toList(), forecast);
  }

  /** Believes no schedule that the independent check does not pass. */
  private static Solution solve(Project project, long seed, long schedules, CurveWatch watch) {
    Solution solution = Solver.solve(project, new Search(seed, (int) schedules), watch);
    List<String> wrong = ScheduleCheck.violations(project, solution.schedule().starts());
    if (!wrong.isEmpty()) {
      throw new IllegalStateException("the schedule breaks the plan: " + wrong.getFirst());
    }
    return solution;
  }
}
