package dev.makespan.cli;

import java.time.Duration;
import java.time.Instant;

/** The contract's times as Java's. */
final class Protos {

  private Protos() {}

  static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  static Instant instant(com.google.protobuf.Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
