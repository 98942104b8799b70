package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.TaskId;
import java.util.ArrayList;
import java.util.List;

/** An analysis as a Markdown page, for reviews and wikis; its pictures are Mermaid. */
public final class AnalysisMarkdown {

  /** Rows of one table. */
  static final int MAX_ROWS = 200;

  private AnalysisMarkdown() {}

  public static String of(AnalyzedPlan analyzed) {
    StringBuilder out = new StringBuilder();
    String title = analyzed.plan().title();
    out.append("# ").append(Markdown.text(title.isEmpty() ? analyzed.plan().name() : title));
    out.append("\n\n").append(Markdown.text(Summary.ofProposal(analyzed))).append("\n\n");
    summary(out, analyzed);
    FindingsMarkdown.add(out, analyzed);
    ReviewMarkdown.addDecisions(out, analyzed.review());
    timeline(out, "Timeline now", analyzed.analysis());
    if (analyzed.hasProposal()) {
      timeline(out, "Timeline with the proposals", analyzed.review().proposal().analysis());
    }
    picture(out, "Timeline", TimelineMermaid.of(analyzed));
    picture(out, "Graph", GraphMermaid.of(analyzed));
    ReviewMarkdown.addRest(out, analyzed.review());
    remarks(out, analyzed.analysis().remarks());
    return out.toString();
  }

  private static void summary(StringBuilder out, AnalyzedPlan analyzed) {
    boolean both = analyzed.hasProposal();
    List<List<String>> rows = new ArrayList<>();
    for (Summary.Row row : Summary.of(analyzed)) {
      List<String> cells = new ArrayList<>(List.of(row.name(), Figures.duration(row.now())));
      if (both) {
        cells.add(Figures.duration(row.then()));
      }
      cells.add(Markdown.text(row.remark()));
      rows.add(cells);
    }
    Markdown.table(out, both ? List.of("", "Now", "Proposed", "") : List.of("", "Now", ""), rows);
    List<TaskId> path = analyzed.criticalPath();
    tasks(out, "Critical path", path);
    tasks(out, "As critical", analyzed.alsoCritical(path));
  }

  private static void tasks(StringBuilder out, String name, List<TaskId> tasks) {
    if (!tasks.isEmpty()) {
      out.append("\n%s: ".formatted(name))
          .append(Markdown.codes(Figures.ids(tasks.stream().limit(MAX_ROWS).toList())))
          .append(
              tasks.size() > MAX_ROWS ? " and %d more\n".formatted(tasks.size() - MAX_ROWS) : "\n");
    }
  }

  private static void timeline(StringBuilder out, String heading, PlanAnalysis analysis) {
    List<PlannedTask> tasks = analysis.tasks();
    out.append("\n## ").append(heading).append("\n\n");
    Markdown.table(
        out,
        List.of("Task", "Start", "Finish", "Slack", "Agent"),
        tasks.stream().limit(MAX_ROWS).map(AnalysisMarkdown::row).toList());
    more(out, tasks.size());
  }

  private static List<String> row(PlannedTask task) {
    return List.of(
        Markdown.code(task.task().value()),
        Figures.at(task.start()),
        Figures.at(task.finish()),
        task.critical() ? "**critical**" : Figures.duration(task.slack()),
        Markdown.code(task.slot()));
  }

  private static void picture(StringBuilder out, String heading, String mermaid) {
    out.append("\n## ").append(heading).append("\n\n```mermaid\n").append(mermaid).append("```\n");
  }

  private static void remarks(StringBuilder out, List<String> remarks) {
    if (remarks.isEmpty()) {
      return;
    }
    out.append("\n## Remarks\n\n");
    remarks.stream()
        .limit(MAX_ROWS)
        .forEach(remark -> out.append("- ").append(Markdown.text(remark)).append('\n'));
    more(out, remarks.size());
  }

  /** Says how many of {@code all} rows were left out. */
  static void more(StringBuilder out, int all) {
    if (all > MAX_ROWS) {
      out.append("\nand ").append(all - MAX_ROWS).append(" more\n");
    }
  }
}
