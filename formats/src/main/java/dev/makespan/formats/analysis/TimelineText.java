package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A schedule as bars, a line for each task. */
final class TimelineText {

  /** Tasks that get a line. */
  static final int MAX_TASKS = 200;

  /** Longest name of a task or agent that gets its whole place. */
  private static final int MAX_NAME = 28;

  private static final int AROUND_THE_BAR = 34;
  private static final int MIN_BAR = 12;
  private static final int MAX_BAR = 60;

  private TimelineText() {}

  /**
   * @param whole what a full bar stands for
   */
  static void add(TextPage page, PlanAnalysis analysis, Duration whole, int columns) {
    List<PlannedTask> shown = analysis.tasks().stream().limit(MAX_TASKS).toList();
    int name = widest(shown, task -> task.task().value());
    int slot = widest(shown, PlannedTask::slot);
    int bar = Math.clamp(columns - name - slot - AROUND_THE_BAR, MIN_BAR, MAX_BAR);
    for (PlannedTask task : shown) {
      page.line(
          "  %s  %s  %s  %s"
              .formatted(
                  TextPage.cell(task.task().value(), name),
                  Bar.draw(task.start(), task.finish(), whole, bar, task.critical() ? '#' : '='),
                  TextPage.cell(task.slot(), slot),
                  times(task)));
    }
    int left = analysis.tasks().size() - shown.size();
    if (left > 0) {
      page.line(
          "  and %s more; --output json has all of them".formatted(Figures.count(left, "task")));
    }
  }

  private static String times(PlannedTask task) {
    String slack = task.critical() ? "" : ", slack " + Figures.duration(task.slack());
    return Figures.at(task.start()) + " to " + Figures.at(task.finish()) + slack;
  }

  private static int widest(List<PlannedTask> tasks, Function<PlannedTask, String> text) {
    int widest = tasks.stream().mapToInt(task -> text.apply(task).length()).max().orElse(0);
    return Math.min(MAX_NAME, widest);
  }
}
