package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.finding.PlanReview;
import java.time.Duration;
import java.util.List;

/** The figures of a plan as it is, and with the proposals. */
final class Summary {

  /** One figure, and a remark on it. */
  record Row(String name, Duration now, Duration then, String remark) {}

  private Summary() {}

  static List<Row> of(AnalyzedPlan analyzed) {
    PlanAnalysis now = analyzed.analysis();
    PlanReview.Proposal proposal = analyzed.review().proposal();
    PlanAnalysis then = proposal.analysis();
    Duration saved = now.sequential().minus(now.schedule());
    return List.of(
        new Row("sequential", now.sequential(), then.sequential(), "everything one after another"),
        new Row(
            "critical path", now.criticalPath(), then.criticalPath(), "the longest chain of needs"),
        new Row(
            "schedule",
            now.schedule(),
            then.schedule(),
            "saves %s (%s)"
                .formatted(Figures.duration(saved), Figures.share(saved, now.sequential()))),
        new Row(
            "best possible", now.lowerBound(), proposal.bestPossible(), now.lowerBoundReason()));
  }

  /** What the proposals win together, one sentence. */
  static String ofProposal(AnalyzedPlan analyzed) {
    if (!analyzed.hasProposal()) {
      return "No change of the plan was found that makes its schedule shorter.";
    }
    Duration now = analyzed.analysis().schedule();
    Duration then = analyzed.review().proposal().analysis().schedule();
    Duration won = now.minus(then);
    return "With %s: %s instead of %s; %s (%s)."
        .formatted(
            Figures.count(analyzed.review().proposal().applied().size(), "proposal"),
            Figures.duration(then),
            Figures.duration(now),
            Figures.gain(won),
            Figures.share(won, now));
  }
}
