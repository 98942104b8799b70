package dev.makespan.formats.plan;

import dev.makespan.core.plan.PlanLimits;
import java.time.Duration;

/** Durations as messages, to the nanosecond. */
final class Durations {

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Durations() {}

  static com.google.protobuf.Duration toProto(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /** From zero to the longest that a plan may have. */
  static Duration fromProto(boolean isSet, com.google.protobuf.Duration proto) {
    if (!isSet) {
      throw new IllegalArgumentException("expected a duration, was unset");
    }
    boolean right =
        proto.getSeconds() >= 0
            && proto.getSeconds() <= PlanLimits.MAX_DURATION.toSeconds()
            && proto.getNanos() >= 0
            && proto.getNanos() < NANOS_PER_SECOND;
    if (!right) {
      throw new IllegalArgumentException(
          "expected a duration from 0 to %d days, was %d s and %d ns"
              .formatted(PlanLimits.MAX_DURATION.toDays(), proto.getSeconds(), proto.getNanos()));
    }
    return Duration.ofSeconds(proto.getSeconds(), proto.getNanos());
  }

  static Duration positive(boolean isSet, com.google.protobuf.Duration proto) {
    Duration duration = fromProto(isSet, proto);
    if (duration.isZero()) {
      throw new IllegalArgumentException("expected a duration over 0, was 0");
    }
    return duration;
  }
}
