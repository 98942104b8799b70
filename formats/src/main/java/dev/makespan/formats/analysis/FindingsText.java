package dev.makespan.formats.analysis;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.Evidence;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.Remedy;
import java.util.List;

/** Findings: the first in detail, the rest in a line each. */
final class FindingsText {

  /** Findings that are told in detail. */
  static final int MAX_DETAILED = 5;

  /** Pieces of evidence of one finding, and changes of one remedy, that are told. */
  static final int MAX_PARTS = 6;

  private static final String BODY = "     ";

  private FindingsText() {}

  static void add(TextPage page, AnalyzedPlan analyzed) {
    List<Finding> findings = analyzed.review().findings();
    if (findings.isEmpty()) {
      page.heading("Findings: none");
      return;
    }
    page.heading("Findings (the largest gain first)");
    for (int i = 0; i < Math.min(MAX_DETAILED, findings.size()); i++) {
      detailed(page, analyzed, i + 1, findings.get(i));
    }
    if (findings.size() > MAX_DETAILED) {
      brief(page, findings.subList(MAX_DETAILED, findings.size()));
    }
    if (analyzed.hasProposal()) {
      page.line("");
      page.wrapped(
          "All that win together: ", "  ", apply(analyzed, analyzed.review().proposal().applied()));
    }
  }

  private static void detailed(TextPage page, AnalyzedPlan analyzed, int number, Finding finding) {
    page.line("");
    page.wrapped("%3d. ".formatted(number), BODY, finding.title());
    page.wrapped(
        BODY,
        BODY,
        "%s, %s, %s, %s"
            .formatted(
                finding.id(),
                FindingText.gain(finding),
                "severity " + Figures.word(finding.severity()),
                Figures.word(finding.confidence())));
    for (Evidence evidence : finding.evidence().stream().limit(MAX_PARTS).toList()) {
      String place = analyzed.placeOf(evidence.part());
      page.wrapped(BODY + "at ", BODY + "   ", place + ": " + evidence.text());
    }
    moreParts(page, finding.evidence().size(), "place");
    for (Remedy remedy : finding.remedies()) {
      remedy(page, remedy, remedy.equals(finding.remedies().getFirst()));
    }
    if (FindingText.isApplicable(finding)) {
      page.wrapped(BODY + "$ ", BODY + "  ", apply(analyzed, List.of(finding.id())));
    }
  }

  private static void remedy(TextPage page, Remedy remedy, boolean recommended) {
    String inner = BODY + "  ";
    page.wrapped(
        BODY + (recommended ? "> " : "- "),
        inner,
        "%s: %s".formatted(FindingText.open(remedy.title()), FindingText.price(remedy)));
    if (!remedy.rests().isEmpty()) {
      page.wrapped(inner + "rests on: ", inner + "  ", remedy.rests());
    }
    if (recommended) {
      for (PlanChange change : remedy.changes().stream().limit(MAX_PARTS).toList()) {
        page.wrapped(inner + "+ ", inner + "  ", ChangeText.of(change));
      }
      moreParts(page, remedy.changes().size(), "change");
    }
  }

  private static void brief(TextPage page, List<Finding> rest) {
    page.line("");
    List<List<String>> rows =
        rest.stream()
            .limit(AnalysisText.MAX_LISTED)
            .map(finding ->
                List.of(
                    FindingText.gain(finding),
                    Figures.word(finding.severity()),
                    FindingText.open(finding.title()) + " [" + finding.id() + "]"))
            .toList();
    page.table(List.of("gain", "severity", "finding"), rows);
    AnalysisText.more(page, rest.size(), "finding");
  }

  private static void moreParts(TextPage page, int all, String noun) {
    if (all > MAX_PARTS) {
      page.line(BODY + "  and %s more".formatted(Figures.count(all - MAX_PARTS, noun)));
    }
  }

  private static String apply(AnalyzedPlan analyzed, List<String> findings) {
    return FindingText.applyCommand(analyzed.fileName(), findings);
  }
}
