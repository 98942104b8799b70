package dev.makespan.core.analysis;

import java.time.Duration;

/** Durations as a plan writes them. */
final class PlanTime {

  private PlanTime() {}

  /** {@code 2h15m}, {@code 10m}, {@code 1s500ms}; hours do not become days. */
  static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    if (duration.toSecondsPart() > 0) {
      text.append(duration.toSecondsPart()).append('s');
    }
    if (duration.toMillisPart() > 0) {
      text.append(duration.toMillisPart()).append("ms");
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
