package dev.makespan.formats.analysis;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a picture of a schedule shows: a lane for each agent, the longest tasks where there are too
 * many.
 */
record TimelineView(List<Lane> lanes, int shown, int all) {

  /** Tasks that a picture takes. */
  static final int MAX_TASKS = 300;

  /** Agents that a picture takes. */
  static final int MAX_LANES = 40;

  /** One agent and what it does, by start. */
  record Lane(String name, List<PlannedTask> tasks) {}

  static TimelineView of(PlanAnalysis analysis) {
    Map<String, List<PlannedTask>> bySlot =
        new TreeMap<>(
            Comparator.comparing(TimelineView::roleOf)
                .thenComparingInt(TimelineView::numberOf)
                .thenComparing(Comparator.naturalOrder()));
    analysis.tasks().stream()
        .sorted(
            Comparator.comparing((PlannedTask task) -> task.start().minus(task.finish()))
                .thenComparing(PlannedTask::task))
        .limit(MAX_TASKS)
        .forEach(task -> bySlot.computeIfAbsent(task.slot(), s -> new ArrayList<>()).add(task));
    List<Lane> lanes = new ArrayList<>();
    int shown = 0;
    for (Map.Entry<String, List<PlannedTask>> slot : bySlot.entrySet()) {
      if (lanes.size() < MAX_LANES) {
        slot.getValue()
            .sort(Comparator.comparing(PlannedTask::start).thenComparing(PlannedTask::finish));
        lanes.add(new Lane(slot.getKey(), List.copyOf(slot.getValue())));
        shown += slot.getValue().size();
      }
    }
    return new TimelineView(List.copyOf(lanes), shown, analysis.tasks().size());
  }

  /** "300 of 2000 tasks, the longest"; empty: all are there. */
  String leftOut() {
    return shown == all ? "" : "%d of %d tasks, the longest".formatted(shown, all);
  }

  private static String roleOf(String slot) {
    return slot.substring(0, Math.max(0, slot.lastIndexOf('-')));
  }

  private static int numberOf(String slot) {
    String number = slot.substring(slot.lastIndexOf('-') + 1);
    return number.matches("[0-9]{1,8}") ? Integer.parseInt(number) : 0;
  }
}
