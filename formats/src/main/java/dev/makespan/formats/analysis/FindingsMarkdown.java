package dev.makespan.formats.analysis;

import dev.makespan.core.finding.Evidence;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.Remedy;
import java.util.List;

/** Findings as sections, each with its evidence and a table of its remedies. */
final class FindingsMarkdown {

  /** Findings that are told. */
  static final int MAX_FINDINGS = 50;

  /** Places that one finding is shown to rest on. */
  static final int MAX_EVIDENCE = 20;

  private FindingsMarkdown() {}

  static void add(StringBuilder out, AnalyzedPlan analyzed) {
    List<Finding> findings = analyzed.review().findings();
    out.append("\n## Findings\n");
    if (findings.isEmpty()) {
      out.append("\nNone.\n");
    }
    findings.stream().limit(MAX_FINDINGS).forEach(finding -> finding(out, analyzed, finding));
    if (findings.size() > MAX_FINDINGS) {
      out.append("\nand ").append(findings.size() - MAX_FINDINGS).append(" more findings\n");
    }
  }

  private static void finding(StringBuilder out, AnalyzedPlan analyzed, Finding finding) {
    out.append("\n### ").append(Markdown.text(FindingText.open(finding.title()))).append("\n\n");
    out.append(Markdown.code(finding.id()))
        .append(
            ": %s, severity %s, %s%n%n"
                .formatted(
                    FindingText.gain(finding),
                    Figures.word(finding.severity()),
                    Figures.word(finding.confidence())));
    for (Evidence evidence : finding.evidence().stream().limit(MAX_EVIDENCE).toList()) {
      out.append("- ").append(Markdown.code(analyzed.placeOf(evidence.part()))).append(": ");
      out.append(Markdown.text(evidence.text())).append('\n');
    }
    if (!finding.remedies().isEmpty()) {
      remedies(out, finding.remedies());
    }
    if (FindingText.isApplicable(finding)) {
      out.append("\n    ")
          .append(
              Figures.shown(
                  FindingText.applyCommand(analyzed.fileName(), List.of(finding.id())),
                  Integer.MAX_VALUE))
          .append('\n');
    }
  }

  private static void remedies(StringBuilder out, List<Remedy> remedies) {
    out.append('\n');
    Markdown.table(
        out,
        List.of("Remedy", "Gain", "Makespan", "Effort", "Risk", "Rests on"),
        remedies.stream().map(FindingsMarkdown::row).toList());
  }

  private static List<String> row(Remedy remedy) {
    return List.of(
        Markdown.text(remedy.title()),
        Figures.gain(remedy),
        remedy.makespan() == null ? "" : Figures.duration(remedy.makespan()),
        Figures.word(remedy.effort()),
        Figures.word(remedy.risk()),
        Markdown.text(remedy.rests()));
  }
}
