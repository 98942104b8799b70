package dev.makespan.formats.analysis;

import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.function.Function;

/** Decisions, modules, wiring, sessions and checklist as tables. */
final class ReviewText {

  private ReviewText() {}

  static void addDecisions(TextPage page, PlanReview review) {
    table(
        page,
        "Decisions",
        List.of("do", "gain", "effort", "risk", "in the plan", "opportunity"),
        review.decisions(),
        decision ->
            List.of(
                Figures.word(decision.recommendation()),
                Figures.gain(decision.gain()),
                Figures.word(decision.effort()),
                Figures.word(decision.risk()),
                decision.feasible() ? "yes" : "no",
                decision.opportunity()));
  }

  static void addRest(TextPage page, PlanReview review) {
    table(
        page,
        "Modules",
        List.of("path", "written by", "read by"),
        review.modules(),
        module -> List.of(module.path(), names(module.writers()), names(module.readers())));
    table(
        page,
        "Wiring, in this order",
        List.of("", "consumer", "producer", "via"),
        review.wiring(),
        point ->
            List.of(
                Integer.toString(point.order()),
                point.consumer().value(),
                point.producer().value(),
                point.via() + circle(point)));
    table(
        page,
        "Sessions",
        List.of("", "load", "tasks"),
        review.sessions(),
        session ->
            List.of(
                Integer.toString(session.number()),
                Figures.duration(session.load()),
                names(session.tasks()) + reason(session)));
    table(
        page,
        "Checklist",
        List.of("", "risk", "what to do"),
        review.checklist(),
        check ->
            List.of(
                check.critical() ? "[ ] critical" : "[ ]",
                check.risk(),
                check.text() + (check.tasks().isEmpty() ? "" : " (" + names(check.tasks()) + ")")));
  }

  /** "; in a circle: build, secrets" */
  static String circle(PlanReview.WiringPoint point) {
    return point.circle().isEmpty() ? "" : "; in a circle: " + names(point.circle());
  }

  private static String reason(PlanReview.Session session) {
    return session.reason().isEmpty() ? "" : "; " + session.reason();
  }

  static String names(List<TaskId> tasks) {
    return Figures.names(tasks, ", ", AnalysisText.MAX_NAMED);
  }

  private static <T> void table(
      TextPage page,
      String heading,
      List<String> heads,
      List<T> items,
      Function<T, List<String>> row) {
    if (items.isEmpty()) {
      return;
    }
    page.heading(heading);
    page.table(heads, items.stream().limit(AnalysisText.MAX_LISTED).map(row).toList());
    AnalysisText.more(page, items.size(), "row");
  }
}
