package dev.makespan.cli;

import dev.makespan.formats.analysis.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Durations and counts for people, durations as plans write them. */
final class Texts {

  /** Longest task name that gets its whole place in a table. */
  static final int MAX_NAME = 28;

  private Texts() {}

  /** In UTC and whole seconds, such as "2026-11-25T07:37:54Z". */
  static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** "2h15m", "38m", "45s", "200ms", "0s"; whole seconds from a second on. */
  static String duration(Duration duration) {
    return Figures.duration(duration);
  }

  /** "T+2h15m" */
  static String at(Duration sinceStart) {
    return Figures.at(sinceStart);
  }

  /** "13.3 %" */
  static String share(Duration part, Duration whole) {
    return Figures.share(part, whole);
  }

  /** "1 error", "2 errors", "no errors" */
  static String count(long count, String noun) {
    return Figures.count(count, noun);
  }

  static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** {@code text} and spaces up to {@code width}; longer texts are cut. */
  static String cell(String text, int width) {
    return text.length() > width
        ? text.substring(0, Math.max(0, width - 1)) + "~"
        : text + " ".repeat(width - text.length());
  }
}
