package dev.makespan.formats.analysis;

import java.time.Duration;

/** A stretch of time drawn in ASCII: {@code ....####....}. */
public final class Bar {

  private Bar() {}

  /** {@code width} characters for {@code whole}; at least one of them is {@code mark}. */
  public static String draw(Duration from, Duration to, Duration whole, int width, char mark) {
    if (width < 1 || whole.isZero()) {
      return "";
    }
    int start = Math.min(column(from, whole, width), width - 1);
    int end = Math.clamp(column(to, whole, width), start + 1, width);
    return ".".repeat(start) + String.valueOf(mark).repeat(end - start) + ".".repeat(width - end);
  }

  public static String empty(int width) {
    return ".".repeat(Math.max(0, width));
  }

  private static int column(Duration at, Duration whole, int width) {
    return (int) Math.round((double) at.toMillis() * width / whole.toMillis());
  }
}
