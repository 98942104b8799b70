package dev.makespan.core.report;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attempts that started, in the order of their starts. */
final class Timeline {

  private static final Comparator<TimelineEntry> BY_START =
      Comparator.comparing(TimelineEntry::start)
          .thenComparing(TimelineEntry::task)
          .thenComparingInt(TimelineEntry::attempt);

  private Timeline() {}

  static List<TimelineEntry> of(Plan plan, RunRecord run, PlanTime time) {
    Map<TaskId, Duration> planned = new LinkedHashMap<>();
    for (Task task : plan.tasks()) {
      planned.put(task.id(), task.duration());
    }
    List<TimelineEntry> timeline = new ArrayList<>();
    for (TaskTimes task : run.tasks()) {
      for (Attempt attempt : task.attempts()) {
        if (attempt.startedAt() != null) {
          Duration expected = planned.getOrDefault(task.task(), Duration.ZERO);
          timeline.add(entry(task.task(), attempt, attempt.startedAt(), time, expected));
        }
      }
    }
    timeline.sort(BY_START);
    return timeline;
  }

  private static TimelineEntry entry(
      TaskId task, Attempt attempt, Instant start, PlanTime time, Duration planned) {
    return new TimelineEntry(
        task,
        attempt.agent().value(),
        attempt.number(),
        time.at(start),
        attempt.finishedAt() == null ? null : time.at(attempt.finishedAt()),
        attempt.outcome(),
        planned);
  }
}
