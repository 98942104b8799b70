package dev.makespan.planner.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as JSON has them: seconds, with milliseconds as the fraction. */
final class Seconds {

  private Seconds() {}

  static double of(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  static @Nullable Double ofNullable(@Nullable Duration duration) {
    return duration == null ? null : of(duration);
  }
}
