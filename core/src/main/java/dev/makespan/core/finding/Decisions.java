package dev.makespan.core.finding;

import dev.makespan.core.plan.Level;
import java.util.List;

/** The decision matrix: what to do about each finding that something can be done about. */
final class Decisions {

  private Decisions() {}

  static List<PlanReview.Decision> of(List<Finding> findings) {
    return findings.stream()
        .filter(finding -> !finding.remedies().isEmpty())
        .map(Decisions::decision)
        .toList();
  }

  private static PlanReview.Decision decision(Finding finding) {
    Remedy remedy = finding.remedies().getFirst();
    return new PlanReview.Decision(
        finding.id(),
        remedy.title(),
        !remedy.changes().isEmpty(),
        remedy.risk(),
        remedy.effort(),
        remedy.gain(),
        recommendation(finding, remedy));
  }

  /** A hazard is worth removing even when that wins no time. */
  private static PlanReview.Recommendation recommendation(Finding finding, Remedy remedy) {
    boolean sure = finding.confidence() != Confidence.POSSIBLE && remedy.risk() != Level.HIGH;
    boolean cheap = remedy.effort() != Level.HIGH && !remedy.changes().isEmpty();
    if (remedy.gain().isPositive()) {
      return sure && cheap ? PlanReview.Recommendation.DO : PlanReview.Recommendation.CONSIDER;
    }
    boolean guards =
        switch (finding.kind()) {
          case WRITE_WRITE, READ_WRITE, OWNERSHIP, RISK -> true;
          case NEEDLESS_DEPENDENCY,
              SPLIT,
              MILESTONE,
              STUB,
              CONCURRENT_TESTS,
              HOT_FILE,
              HOT_RESOURCE,
              HOT_ROLE,
              SERIAL,
              GROUPING,
              WIRING ->
              false;
        };
    return guards && !remedy.gain().isNegative()
        ? PlanReview.Recommendation.CONSIDER
        : PlanReview.Recommendation.LEAVE;
  }
}
