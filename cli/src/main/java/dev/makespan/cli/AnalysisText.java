package dev.makespan.cli;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An analysis for people. */
final class AnalysisText {

  /** Longest task name that gets its whole place in a table. */
  static final int MAX_NAME = 28;

  private static final int AROUND_THE_BAR = 34;
  private static final int MIN_BAR = 12;
  private static final int MAX_BAR = 60;

  private AnalysisText() {}

  static String of(Plan plan, Map<Role, Integer> pools, PlanAnalysis analysis, int columns) {
    StringBuilder text = new StringBuilder();
    text.append(plan.name()).append(plan.title().isEmpty() ? "" : ": " + plan.title()).append('\n');
    text.append(Texts.count(plan.tasks().size(), "task")).append("; agents: ");
    text.append(
        pools.entrySet().stream()
            .map(pool -> pool.getKey() + " " + pool.getValue())
            .collect(Collectors.joining(", ")));
    text.append("\n\n");
    summary(text, analysis);
    timeline(text, analysis, columns);
    waves(text, analysis);
    hazards(text, analysis.hazards());
    if (!analysis.remarks().isEmpty()) {
      text.append("\nRemarks\n");
      analysis.remarks().forEach(remark -> text.append("  - ").append(remark).append('\n'));
    }
    return text.toString();
  }

  private static void summary(StringBuilder text, PlanAnalysis analysis) {
    Duration saved = analysis.sequential().minus(analysis.schedule());
    row(text, "sequential", analysis.sequential(), "everything one after another");
    row(text, "critical path", analysis.criticalPath(), "the longest chain of needs");
    row(
        text,
        "schedule",
        analysis.schedule(),
        "saves %s (%s)"
            .formatted(Texts.duration(saved), Texts.share(saved, analysis.sequential())));
    row(text, "lower bound", analysis.lowerBound(), analysis.lowerBoundReason());
    text.append("\nCritical path: ").append(names(analysis.criticalTasks(), " > ")).append('\n');
  }

  private static void row(StringBuilder text, String name, Duration duration, String remark) {
    text.append(
            "  %-14s %-10s %s%n".formatted(name, Texts.duration(duration), remark).stripTrailing())
        .append('\n');
  }

  private static void timeline(StringBuilder text, PlanAnalysis analysis, int columns) {
    int name = analysis.tasks().stream().mapToInt(t -> t.task().value().length()).max().orElse(0);
    int nameWidth = Math.min(MAX_NAME, name);
    int slotWidth =
        Math.min(
            MAX_NAME, analysis.tasks().stream().mapToInt(t -> t.slot().length()).max().orElse(0));
    int bar = Math.clamp(columns - nameWidth - slotWidth - AROUND_THE_BAR, MIN_BAR, MAX_BAR);
    text.append("\nSchedule (# critical, = other)\n");
    for (PlannedTask task : analysis.tasks()) {
      String times = Texts.at(task.start()) + " to " + Texts.at(task.finish());
      text.append("  ")
          .append(Texts.cell(task.task().value(), nameWidth))
          .append("  ")
          .append(
              Bar.draw(
                  task.start(),
                  task.finish(),
                  analysis.schedule(),
                  bar,
                  task.critical() ? '#' : '='))
          .append("  ")
          .append(Texts.cell(task.slot(), slotWidth))
          .append("  ")
          .append(times)
          .append(task.critical() ? "" : ", slack " + Texts.duration(task.slack()))
          .append('\n');
    }
  }

  private static void waves(StringBuilder text, PlanAnalysis analysis) {
    text.append("\nWaves (for display; a task starts when its own needs are met)\n");
    int number = 1;
    for (List<TaskId> wave : analysis.waves()) {
      text.append("  %2d  ".formatted(number++)).append(names(wave, ", ")).append('\n');
    }
  }

  private static void hazards(StringBuilder text, List<Hazard> hazards) {
    if (hazards.isEmpty()) {
      return;
    }
    text.append("\nHazards: tasks that touch one file and have no order between them\n");
    for (Hazard hazard : hazards) {
      text.append("  ")
          .append(hazard.path())
          .append(" (")
          .append(hazard.kind())
          .append("): ")
          .append(names(hazard.tasks(), ", "))
          .append("; taking turns costs ")
          .append(Texts.duration(hazard.turnTakingCost()))
          .append('\n');
    }
  }

  private static String names(List<TaskId> ids, String separator) {
    return ids.stream().map(TaskId::value).collect(Collectors.joining(separator));
  }
}
