package dev.makespan.core.report;

import dev.makespan.core.learn.FileDrift;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.task.Traces;
import java.time.Duration;
import java.util.List;

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
 */
public record RunReport(
    PlannedFigures figures,
    Duration makespan,
    Duration saved,
    List<TimelineEntry> timeline,
    List<TurnTaking> turns,
    List<String> remarks,
    Traces.Usage usage,
    List<FileDrift> drifts) {

  public RunReport {
    timeline = List.copyOf(timeline);
    turns = List.copyOf(turns);
    remarks = List.copyOf(remarks);
    drifts = List.copyOf(drifts);
  }

  /** The report of what {@code run} says about {@code plan}; the same input, the same report. */
  public static RunReport of(Plan plan, PlannedFigures figures, RunRecord run) {
    PlanTime time = PlanTime.of(run);
    List<TimelineEntry> timeline = Timeline.of(plan, run, time);
    List<TurnTaking> turns = TurnTakings.of(plan, run, time);
    Duration makespan = time.makespan();
    Duration saved = figures.sequential().minus(makespan);
    List<String> remarks = Remarks.of(figures, run, makespan, turns);
    return new RunReport(
        figures,
        makespan,
        saved,
        timeline,
        turns,
        remarks,
        Touched.usage(run),
        FileDrift.of(plan, Touched.files(run)));
  }
}
