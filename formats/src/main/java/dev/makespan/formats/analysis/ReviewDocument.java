package dev.makespan.formats.analysis;

import static dev.makespan.formats.analysis.AnalysisDocument.seconds;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.finding.PlanReview;
import java.util.List;

/** The parts of a review for programs. */
public final class ReviewDocument {

  private ReviewDocument() {}

  /**
   * The plan with the remedies that win time together.
   *
   * @param applied ids of the findings whose first remedies are in it; empty: the plan as it is
   */
  public record Proposal(
      List<String> applied,
      double sequentialSeconds,
      double criticalPathSeconds,
      double scheduleSeconds,
      double bestPossibleSeconds,
      List<String> criticalTasks,
      List<AnalysisDocument.Planned> tasks) {}

  /** One row of the decision matrix; risk and effort are low, medium or high. */
  public record Decision(
      String finding,
      String opportunity,
      boolean feasible,
      String risk,
      String effort,
      double gainSeconds,
      String recommendation) {}

  /** A file or folder, and who touches it. */
  public record Module(String path, List<String> writers, List<String> readers) {}

  /** A stub to wire; {@code order} is from 1, {@code circle} empty where there is none. */
  public record Wiring(
      int order, String producer, String consumer, String via, List<String> circle) {}

  /** Tasks of one session. */
  public record Session(int number, List<String> tasks, double loadSeconds, String reason) {}

  /** Something to watch. */
  public record Check(String risk, String text, List<String> tasks, boolean critical) {}

  static Proposal of(PlanReview.Proposal proposal) {
    PlanAnalysis then = proposal.analysis();
    return new Proposal(
        proposal.applied(),
        seconds(then.sequential()),
        seconds(then.criticalPath()),
        seconds(then.schedule()),
        seconds(proposal.bestPossible()),
        Figures.ids(then.criticalTasks()),
        AnalysisDocument.planned(then));
  }

  static Decision of(PlanReview.Decision decision) {
    return new Decision(
        decision.finding(),
        decision.opportunity(),
        decision.feasible(),
        Figures.word(decision.risk()),
        Figures.word(decision.effort()),
        seconds(decision.gain()),
        Figures.word(decision.recommendation()));
  }

  static Module of(PlanReview.ModuleImpact module) {
    return new Module(module.path(), Figures.ids(module.writers()), Figures.ids(module.readers()));
  }

  static Wiring of(PlanReview.WiringPoint point) {
    return new Wiring(
        point.order(),
        point.producer().value(),
        point.consumer().value(),
        point.via(),
        Figures.ids(point.circle()));
  }

  static Session of(PlanReview.Session session) {
    return new Session(
        session.number(), Figures.ids(session.tasks()), seconds(session.load()), session.reason());
  }

  static Check of(PlanReview.Check check) {
    return new Check(check.risk(), check.text(), Figures.ids(check.tasks()), check.critical());
  }
}
