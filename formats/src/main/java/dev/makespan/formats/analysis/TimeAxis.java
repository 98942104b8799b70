package dev.makespan.formats.analysis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Round times along an axis. */
final class TimeAxis {

  /** Most ticks on an axis, besides the one at zero. */
  static final int MAX_TICKS = 10;

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final long[] STEPS = {
    1,
    2,
    5,
    10,
    20,
    50,
    100,
    200,
    500,
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY
  };

  private TimeAxis() {}

  /** From zero to {@code whole}. */
  static List<Duration> ticks(Duration whole) {
    long step = step(whole.toMillis());
    List<Duration> ticks = new ArrayList<>();
    for (long at = 0; at <= whole.toMillis(); at += step) {
      ticks.add(Duration.ofMillis(at));
    }
    return ticks;
  }

  private static long step(long whole) {
    for (long step : STEPS) {
      if (whole / step <= MAX_TICKS) {
        return step;
      }
    }
    long days = whole / DAY;
    return DAY * ((days + MAX_TICKS - 1) / MAX_TICKS);
  }
}
