package dev.makespan.cli;

import java.time.Duration;
import java.util.Locale;

/** Durations and counts for people, durations as plans write them. */
final class Texts {

  private static final double PER_CENT = 100.0;

  private Texts() {}

  /** "2h15m", "38m", "45s", "200ms", "0s"; whole seconds from a minute on. */
  static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0 && !duration.isZero()) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.plusMillis(500).toSeconds();
    StringBuilder text = new StringBuilder();
    append(text, seconds / 3600, "h");
    append(text, seconds / 60 % 60, "m");
    append(text, seconds % 60, "s");
    return text.isEmpty() ? "0s" : text.toString();
  }

  /** "T+2h15m" */
  static String at(Duration sinceStart) {
    return "T+" + duration(sinceStart);
  }

  /** "13.3 %" */
  static String share(Duration part, Duration whole) {
    double share = whole.isZero() ? 0 : PER_CENT * part.toMillis() / whole.toMillis();
    return String.format(Locale.ROOT, "%.1f %%", share);
  }

  /** "1 error", "2 errors", "no errors" */
  static String count(long count, String noun) {
    return (count == 0 ? "no" : Long.toString(count)) + " " + noun + (count == 1 ? "" : "s");
  }

  /** {@code text} and spaces up to {@code width}; longer texts are cut. */
  static String cell(String text, int width) {
    return text.length() > width
        ? text.substring(0, Math.max(0, width - 1)) + "~"
        : text + " ".repeat(width - text.length());
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }
}
