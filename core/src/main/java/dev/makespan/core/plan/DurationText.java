package dev.makespan.core.plan;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as plans write them: {@code 200ms 30s 10m 1h30m 2d}; never bare numbers. */
public final class DurationText {

  public static final String EXPECTED = "a duration such as 200ms, 30s, 10m, 1h30m or 2d";
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

  /** Of the units, but of the first, which each plan says itself. */
  private static final long[] MILLIS = {0, 3_600_000, 60_000, 1_000, 1};

  private static final int MAX_DIGITS = 18;

  private DurationText() {}

  /**
   * A duration or what is wrong with it.
   *
   * @param problem empty: nothing
   */
  public record Parsed(@Nullable Duration value, String problem) {}

  /** Reads {@code text}; {@code day} is how long {@code 1d} is. */
  public static Parsed parse(String text, Duration day) {
    try {
      long sum = sum(text, day.toMillis());
      if (sum < 0) {
        return new Parsed(null, "expected " + EXPECTED + ", was " + Shown.quoted(text));
      }
      if (sum > PlanLimits.MAX_DURATION.toMillis()) {
        return new Parsed(null, tooLong(text));
      }
      return new Parsed(Duration.ofMillis(sum), "");
    } catch (ArithmeticException overflow) {
      return new Parsed(null, tooLong(text));
    }
  }

  /** {@code duration} as it is written, in hours and smaller units. */
  public static String of(Duration duration) {
    StringBuilder text = new StringBuilder();
    append(text, duration.toHours(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long count, String unit) {
    if (count > 0) {
      text.append(count).append(unit);
    }
  }

  private static String tooLong(String text) {
    return "expected at most %d days, was %s"
        .formatted(PlanLimits.MAX_DURATION.toDays(), Shown.quoted(text));
  }

  /** Milliseconds; -1 when {@code text} is no duration. Units fall, each occurs once. */
  private static long sum(String text, long day) {
    long sum = 0;
    int unit = -1;
    int at = 0;
    while (at < text.length()) {
      int digits = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      int letters = at;
      while (at < text.length() && isLetter(text.charAt(at))) {
        at++;
      }
      int next = unit(text, letters, at);
      if (next <= unit || letters == digits) {
        return -1;
      }
      if (letters - digits > MAX_DIGITS) {
        throw new ArithmeticException("too many digits");
      }
      unit = next;
      long count = Long.parseLong(text, digits, letters, 10);
      sum = Math.addExact(sum, Math.multiplyExact(count, unit == 0 ? day : MILLIS[unit]));
    }
    return unit < 0 ? -1 : sum;
  }

  private static int unit(String text, int from, int to) {
    for (int i = 0; i < UNITS.length; i++) {
      if (to - from == UNITS[i].length() && text.startsWith(UNITS[i], from)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }
}
