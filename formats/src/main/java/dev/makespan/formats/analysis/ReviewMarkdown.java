package dev.makespan.formats.analysis;

import dev.makespan.core.finding.PlanReview;
import java.util.List;
import java.util.function.Function;

/** Decisions, modules, wiring, sessions and checklist as Markdown. */
final class ReviewMarkdown {

  private ReviewMarkdown() {}

  static void addDecisions(StringBuilder out, PlanReview review) {
    table(
        out,
        "Decisions",
        List.of("Opportunity", "Feasible", "Risk", "Effort", "Gain", "Recommendation"),
        review.decisions(),
        decision ->
            List.of(
                Markdown.text(decision.opportunity()),
                decision.feasible() ? "yes" : "not by the plan alone",
                Figures.word(decision.risk()),
                Figures.word(decision.effort()),
                Figures.gain(decision.gain()),
                Figures.word(decision.recommendation())));
  }

  static void addRest(StringBuilder out, PlanReview review) {
    table(
        out,
        "Modules",
        List.of("Path", "Written by", "Read by"),
        review.modules(),
        module ->
            List.of(
                Markdown.code(module.path()),
                ReviewText.names(module.writers()),
                ReviewText.names(module.readers())));
    table(
        out,
        "Wiring order",
        List.of("Order", "Consumer", "Producer", "Via"),
        review.wiring(),
        point ->
            List.of(
                Integer.toString(point.order()),
                Markdown.code(point.consumer().value()),
                Markdown.code(point.producer().value()),
                Markdown.text(point.via() + ReviewText.circle(point))));
    table(
        out,
        "Sessions",
        List.of("Session", "Load", "Tasks", "Why"),
        review.sessions(),
        session ->
            List.of(
                Integer.toString(session.number()),
                Figures.duration(session.load()),
                ReviewText.names(session.tasks()),
                Markdown.text(session.reason())));
    checklist(out, review.checklist());
  }

  private static void checklist(StringBuilder out, List<PlanReview.Check> checklist) {
    if (checklist.isEmpty()) {
      return;
    }
    out.append("\n## Checklist\n\n");
    for (PlanReview.Check check : checklist.stream().limit(AnalysisMarkdown.MAX_ROWS).toList()) {
      out.append("- [ ] ").append(check.critical() ? "**critical** " : "");
      out.append(Markdown.text(check.risk() + ": " + check.text()));
      out.append(check.tasks().isEmpty() ? "" : " (" + ReviewText.names(check.tasks()) + ")");
      out.append('\n');
    }
    AnalysisMarkdown.more(out, checklist.size());
  }

  private static <T> void table(
      StringBuilder out,
      String heading,
      List<String> heads,
      List<T> items,
      Function<T, List<String>> row) {
    if (items.isEmpty()) {
      return;
    }
    out.append("\n## ").append(heading).append("\n\n");
    Markdown.table(out, heads, items.stream().limit(AnalysisMarkdown.MAX_ROWS).map(row).toList());
    AnalysisMarkdown.more(out, items.size());
  }
}
