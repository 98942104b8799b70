package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An analysis for programs, as JSON has it: these names are an interface, fields are added and
 * never renamed. Times are seconds from the start of the run, with milliseconds as the fraction.
 *
 * @param plan its name
 * @param pools role → slots that the analysis was made for
 */
public record AnalysisDocument(
    String plan,
    double sequentialSeconds,
    double criticalPathSeconds,
    double scheduleSeconds,
    double lowerBoundSeconds,
    String lowerBoundReason,
    Map<String, Integer> pools,
    List<String> criticalTasks,
    List<List<String>> waves,
    List<Planned> tasks,
    List<Risky> hazards,
    List<String> remarks,
    List<FindingDocument> findings,
    ReviewDocument.Proposal proposal,
    List<ReviewDocument.Decision> decisions,
    List<ReviewDocument.Module> modules,
    List<ReviewDocument.Wiring> wiring,
    List<ReviewDocument.Session> sessions,
    List<ReviewDocument.Check> checklist) {

  /** One task of the schedule. */
  public record Planned(
      String task,
      double startSeconds,
      double finishSeconds,
      double slackSeconds,
      boolean critical,
      String slot) {}

  /** Unordered tasks that touch one file. */
  public record Risky(String path, String kind, List<String> tasks, double turnTakingCostSeconds) {}

  public static AnalysisDocument of(AnalyzedPlan analyzed) {
    return of(
        analyzed.plan().name(),
        analyzed.pools(),
        analyzed.analysis(),
        analyzed.review(),
        new FindingDocument.Places(analyzed.fileName(), analyzed.places()));
  }

  /** Of a plan that is not at hand, but what was found out about it is. */
  public static AnalysisDocument of(
      String plan,
      Map<Role, Integer> pools,
      PlanAnalysis analysis,
      PlanReview review,
      FindingDocument.Places places) {
    return new AnalysisDocument(
        plan,
        seconds(analysis.sequential()),
        seconds(analysis.criticalPath()),
        seconds(analysis.schedule()),
        seconds(analysis.lowerBound()),
        analysis.lowerBoundReason(),
        pools(pools),
        Figures.ids(analysis.criticalTasks()),
        analysis.waves().stream().map(Figures::ids).toList(),
        planned(analysis),
        analysis.hazards().stream().map(AnalysisDocument::risky).toList(),
        analysis.remarks(),
        review.findings().stream().map(finding -> FindingDocument.of(finding, places)).toList(),
        ReviewDocument.of(review.proposal()),
        review.decisions().stream().map(ReviewDocument::of).toList(),
        review.modules().stream().map(ReviewDocument::of).toList(),
        review.wiring().stream().map(ReviewDocument::of).toList(),
        review.sessions().stream().map(ReviewDocument::of).toList(),
        review.checklist().stream().map(ReviewDocument::of).toList());
  }

  static List<Planned> planned(PlanAnalysis analysis) {
    return analysis.tasks().stream().map(AnalysisDocument::planned).toList();
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  static @Nullable Double secondsOrNull(@Nullable Duration duration) {
    return duration == null ? null : seconds(duration);
  }

  private static Map<String, Integer> pools(Map<Role, Integer> pools) {
    Map<String, Integer> byName = new LinkedHashMap<>();
    pools.forEach((role, slots) -> byName.put(role.value(), slots));
    return byName;
  }

  private static Planned planned(PlannedTask task) {
    return new Planned(
        task.task().value(),
        seconds(task.start()),
        seconds(task.finish()),
        seconds(task.slack()),
        task.critical(),
        task.slot());
  }

  private static Risky risky(Hazard hazard) {
    return new Risky(
        hazard.path(),
        hazard.kind(),
        Figures.ids(hazard.tasks()),
        seconds(hazard.turnTakingCost()));
  }
}
