package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The schedule, now and with the proposals, as a Mermaid Gantt chart. */
public final class TimelineMermaid {

  /** Mermaid knows dates alone; a run starts on the first day of a year without meaning. */
  private static final LocalDateTime START = LocalDateTime.of(2001, 1, 1, 0, 0);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private TimelineMermaid() {}

  public static String of(AnalyzedPlan analyzed) {
    Duration whole = analyzed.analysis().schedule();
    StringBuilder out = new StringBuilder("gantt\n");
    out.append("  title ").append(Mermaid.text(analyzed.plan().name())).append('\n');
    out.append("  dateFormat YYYY-MM-DD HH:mm:ss.SSS\n");
    out.append("  axisFormat ").append(axis(whole)).append('\n');
    add(out, "now", analyzed.analysis());
    if (analyzed.hasProposal()) {
      add(out, "proposed", analyzed.review().proposal().analysis());
    }
    return out.toString();
  }

  private static void add(StringBuilder out, String name, PlanAnalysis analysis) {
    TimelineView view = TimelineView.of(analysis);
    if (!view.leftOut().isEmpty()) {
      out.append("  %% ").append(name).append(", ").append(view.leftOut()).append('\n');
    }
    int number = 0;
    for (TimelineView.Lane lane : view.lanes()) {
      out.append("  section ").append(name).append(' ').append(Mermaid.text(lane.name()));
      out.append('\n');
      for (PlannedTask task : lane.tasks()) {
        task(out, name.charAt(0) + Integer.toString(number++), task);
      }
    }
  }

  private static void task(StringBuilder out, String id, PlannedTask task) {
    out.append(
        "  %s :%s%s, %s, %s%n"
            .formatted(
                Mermaid.text(task.task().value()),
                task.critical() ? "crit, " : "",
                id,
                TIME.format(START.plus(task.start())),
                TIME.format(START.plus(task.finish()))));
  }

  private static String axis(Duration whole) {
    if (whole.compareTo(Duration.ofMinutes(1)) <= 0) {
      return "%S.%L s";
    }
    return whole.compareTo(Duration.ofDays(1)) <= 0 ? "%H:%M" : "day %-j %H:%M";
  }
}
