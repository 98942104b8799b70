package dev.makespan.core.finding;

import dev.makespan.core.plan.DurationText;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;

/** Parts of sentences that findings are told in. */
final class Sentence {

  /** Most tasks that a sentence names. */
  private static final int MAX_NAMED = 6;

  private Sentence() {}

  /** "a", "a and b", "a, b and c", "a, b, c, d, e, f and 12 more". */
  static String names(List<TaskId> tasks) {
    return join(tasks.stream().map(TaskId::value).toList(), " and ");
  }

  static String join(List<String> names, String last) {
    int shown = names.size() > MAX_NAMED ? MAX_NAMED : Math.max(0, names.size() - 1);
    String first = String.join(", ", names.subList(0, shown));
    if (names.size() > MAX_NAMED) {
      return first + last + (names.size() - MAX_NAMED) + " more";
    }
    return names.isEmpty() ? "nothing" : first + (shown == 0 ? "" : last) + names.getLast();
  }

  /** "2h15m" */
  static String time(Duration duration) {
    return DurationText.of(duration);
  }
}
