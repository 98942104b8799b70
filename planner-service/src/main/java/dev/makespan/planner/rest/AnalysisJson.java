package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.TaskId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stored plan comes to; times count from the start of the run, in plan time. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AnalysisJson(
    @Nullable PlanJson plan,
    double sequentialSeconds,
    double criticalPathSeconds,
    double scheduleSeconds,
    double lowerBoundSeconds,
    String lowerBoundReason,
    List<String> criticalTasks,
    List<List<String>> waves,
    List<PlannedJson> tasks,
    List<HazardJson> hazards,
    List<String> remarks) {

  /** One task of the schedule. */
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

  /** Unordered tasks that touch one file. */
  @RegisterForReflection
  public record HazardJson(
      String path, String kind, List<String> tasks, double turnTakingCostSeconds) {
    static HazardJson of(Hazard hazard) {
      return new HazardJson(
          hazard.path(), hazard.kind(), ids(hazard.tasks()), Seconds.of(hazard.turnTakingCost()));
    }
  }

  static AnalysisJson of(@Nullable PlanJson plan, PlanAnalysis analysis) {
    return new AnalysisJson(
        plan,
        Seconds.of(analysis.sequential()),
        Seconds.of(analysis.criticalPath()),
        Seconds.of(analysis.schedule()),
        Seconds.of(analysis.lowerBound()),
        analysis.lowerBoundReason(),
        ids(analysis.criticalTasks()),
        analysis.waves().stream().map(AnalysisJson::ids).toList(),
        analysis.tasks().stream().map(PlannedJson::of).toList(),
        analysis.hazards().stream().map(HazardJson::of).toList(),
        analysis.remarks());
  }

  private static List<String> ids(List<TaskId> tasks) {
    return tasks.stream().map(TaskId::value).toList();
  }
}
