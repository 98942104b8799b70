package dev.makespan.core.report;

import java.time.Duration;
import java.util.Locale;

/** Figures as people say them. */
final class Spoken {

  private Spoken() {}

  /** "6 h 30 min", "38 min", "1 min 5 s", "2.5 s". */
  static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return seconds(duration);
    }
    Duration rounded = duration.plusMillis(500);
    if (rounded.toHours() == 0) {
      return rounded.toMinutes() + " min" + rest(rounded.toSecondsPart(), "s");
    }
    Duration toMinutes = duration.plusSeconds(30);
    return toMinutes.toHours() + " h" + rest(toMinutes.toMinutesPart(), "min");
  }

  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  private static String seconds(Duration duration) {
    return duration.toMillisPart() == 0
        ? duration.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
  }

  private static String rest(int part, String unit) {
    return part == 0 ? "" : " " + part + " " + unit;
  }
}
