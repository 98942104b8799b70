package dev.makespan.planner.wire;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Instants and durations, from and to their messages. */
public final class Times {

  private Times() {}

  public static Timestamp toProto(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant fromProto(Timestamp message) {
    return Instant.ofEpochSecond(message.getSeconds(), message.getNanos());
  }

  /** A duration's message has both parts of one sign; Java's has nanoseconds from 0. */
  public static Duration toProto(java.time.Duration duration) {
    if (duration.isNegative()) {
      Duration positive = toProto(duration.negated());
      return Duration.newBuilder()
          .setSeconds(-positive.getSeconds())
          .setNanos(-positive.getNanos())
          .build();
    }
    return Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /** Of a client, who may send seconds that no duration holds: those become the longest. */
  public static java.time.Duration clamped(Duration message) {
    try {
      return fromProto(message);
    } catch (ArithmeticException e) {
      return java.time.Duration.ofSeconds(
          message.getSeconds() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }

  public static java.time.Duration fromProto(Duration message) {
    return java.time.Duration.ofSeconds(message.getSeconds(), message.getNanos());
  }
}
