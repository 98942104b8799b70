package dev.makespan.core.report;

import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.task.Traces;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run saved, and how it went. All durations are plan time.
 *
 * @param makespan from the first start to the last finish; so far, while the run is live
 * @param saved sequential − makespan; negative when the run took longer
 * @param timeline the attempts that started, in the order of their starts
 * @param turns the files that somebody had to wait for, the longest wait first
 * @param remarks one sentence each
 * @param usage of all attempts together, as far as their agents know
 * @param drifts the tasks that changed other files than they declare
 * @param beforeIntegration the checklist of a run that merges; none of another
 * @param afterIntegration what verifies what was merged; none of a run that merges nothing
 */
public record RunReport(
    PlannedFigures figures,
    Duration makespan,
    Duration saved,
    List<TimelineEntry> timeline,
    List<TurnTaking> turns,
    List<String> remarks,
    Traces.Usage usage,
    List<FileDrift> drifts,
    List<ReportCheck> beforeIntegration,
    List<ReportCheck> afterIntegration) {

  public RunReport {
    timeline = List.copyOf(timeline);
    turns = List.copyOf(turns);
    remarks = List.copyOf(remarks);
    drifts = List.copyOf(drifts);
    beforeIntegration = List.copyOf(beforeIntegration);
    afterIntegration = List.copyOf(afterIntegration);
  }

  /**
   * The report of what {@code run} says about {@code plan}; the same input, the same report.
   *
   * @param merges what was merged; null: the run merges nothing
   */
  public static RunReport of(
      Plan plan, PlannedFigures figures, RunRecord run, @Nullable MergeView merges) {
    PlanTime time = PlanTime.of(run);
    List<TimelineEntry> timeline = Timeline.of(plan, run, time);
    List<TurnTaking> turns = TurnTakings.of(plan, run, time);
    Duration makespan = time.makespan();
    Duration saved = figures.sequential().minus(makespan);
    List<String> remarks = Remarks.of(figures, run, makespan, turns);
    List<FileDrift> drifts = FileDrift.of(plan, Touched.files(run));
    List<ReportCheck> before = List.of();
    List<ReportCheck> after = List.of();
    if (merges != null) {
      IntegrationChecks checks = new IntegrationChecks(plan, run, merges);
      before = checks.before(drifts);
      after = checks.after();
    }
    return new RunReport(
        figures,
        makespan,
        saved,
        timeline,
        turns,
        remarks,
        Touched.usage(run),
        drifts,
        before,
        after);
  }
}
