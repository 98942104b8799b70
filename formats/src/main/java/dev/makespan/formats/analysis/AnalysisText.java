package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.finding.FindingKind;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An analysis for people at a terminal. */
public final class AnalysisText {

  /** Waves, hazards and critical tasks that are listed. */
  static final int MAX_LISTED = 100;

  /** Tasks that are named in one line. */
  static final int MAX_NAMED = 12;

  private AnalysisText() {}

  /** {@code columns} is the width of the terminal. */
  public static String of(AnalyzedPlan analyzed, int columns) {
    TextPage page = new TextPage(columns);
    head(page, analyzed);
    summary(page, analyzed);
    FindingsText.add(page, analyzed);
    ReviewText.addDecisions(page, analyzed.review());
    timelines(page, analyzed, columns);
    waves(page, analyzed);
    hazards(page, analyzed);
    ReviewText.addRest(page, analyzed.review());
    remarks(page, analyzed);
    return page.toString();
  }

  private static void head(TextPage page, AnalyzedPlan analyzed) {
    String title = analyzed.plan().title();
    page.wrapped("", "  ", analyzed.plan().name() + (title.isEmpty() ? "" : ": " + title));
    String agents =
        analyzed.pools().entrySet().stream()
            .map(pool -> pool.getKey() + " " + pool.getValue())
            .collect(Collectors.joining(", "));
    page.wrapped(
        "", "  ", Figures.count(analyzed.plan().tasks().size(), "task") + "; agents: " + agents);
    page.line("");
  }

  private static void summary(TextPage page, AnalyzedPlan analyzed) {
    boolean both = analyzed.hasProposal();
    List<List<String>> rows = new ArrayList<>();
    for (Summary.Row row : Summary.of(analyzed)) {
      List<String> cells = new ArrayList<>(List.of(row.name(), Figures.duration(row.now())));
      if (both) {
        cells.add(Figures.duration(row.then()));
      }
      cells.add(row.remark());
      rows.add(cells);
    }
    page.table(both ? List.of("", "now", "proposed", "") : List.of("", "now", ""), rows);
    page.line("");
    page.wrapped("", "  ", Summary.ofProposal(analyzed));
    List<TaskId> path = analyzed.criticalPath();
    page.wrapped("", "  ", "Critical path: " + Figures.names(path, " > ", MAX_LISTED));
    List<TaskId> beside = analyzed.alsoCritical(path);
    if (!beside.isEmpty()) {
      page.wrapped("", "  ", "As critical: " + Figures.names(beside, ", ", MAX_LISTED));
    }
  }

  private static void timelines(TextPage page, AnalyzedPlan analyzed, int columns) {
    Duration now = analyzed.analysis().schedule();
    Duration then = analyzed.review().proposal().analysis().schedule();
    Duration whole = now.compareTo(then) >= 0 || !analyzed.hasProposal() ? now : then;
    page.heading("Schedule (# critical, = other)");
    TimelineText.add(page, analyzed.analysis(), whole, columns);
    if (analyzed.hasProposal()) {
      page.heading("Schedule with the proposals");
      TimelineText.add(page, analyzed.review().proposal().analysis(), whole, columns);
    }
  }

  private static void waves(TextPage page, AnalyzedPlan analyzed) {
    page.heading("Waves (for display; a task starts when its own needs are met)");
    List<List<TaskId>> waves = analyzed.analysis().waves();
    for (int i = 0; i < Math.min(MAX_LISTED, waves.size()); i++) {
      page.wrapped(
          "  %2d  ".formatted(i + 1), "      ", Figures.names(waves.get(i), ", ", MAX_NAMED));
    }
    more(page, waves.size(), "wave");
  }

  /** Hazards that no finding tells of. */
  private static void hazards(TextPage page, AnalyzedPlan analyzed) {
    boolean found =
        analyzed.review().findings().stream()
            .anyMatch(
                f -> f.kind() == FindingKind.WRITE_WRITE || f.kind() == FindingKind.READ_WRITE);
    List<Hazard> hazards = analyzed.analysis().hazards();
    if (found || hazards.isEmpty()) {
      return;
    }
    page.heading("Hazards: tasks that touch one file and have no order between them");
    for (Hazard hazard : hazards.subList(0, Math.min(MAX_LISTED, hazards.size()))) {
      page.wrapped(
          "  ",
          "    ",
          "%s (%s): %s; taking turns costs %s"
              .formatted(
                  hazard.path(),
                  hazard.kind(),
                  Figures.names(hazard.tasks(), ", ", MAX_NAMED),
                  Figures.duration(hazard.turnTakingCost())));
    }
    more(page, hazards.size(), "hazard");
  }

  private static void remarks(TextPage page, AnalyzedPlan analyzed) {
    List<String> remarks = analyzed.analysis().remarks();
    if (!remarks.isEmpty()) {
      page.heading("Remarks");
      remarks.stream().limit(MAX_LISTED).forEach(remark -> page.wrapped("  - ", "    ", remark));
      more(page, remarks.size(), "remark");
    }
  }

  /** Says how many of {@code all} are not listed. */
  static void more(TextPage page, int all, String noun) {
    if (all > MAX_LISTED) {
      page.line(
          "  and %s more; --output json has all of them"
              .formatted(Figures.count(all - MAX_LISTED, noun)));
    }
  }
}
