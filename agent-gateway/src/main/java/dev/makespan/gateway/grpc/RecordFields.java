package dev.makespan.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.AgentLimits;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import java.time.Duration;
import java.time.Instant;

/** Checked fields of what is said about records; wrong ones are IllegalArgumentExceptions. */
final class RecordFields {

  private RecordFields() {}

  static TaskRef attempt(dev.makespan.proto.agent.v1.TaskRef ref) {
    return switch (AgentProto.parse(ref)) {
      case Parsed.Valid<TaskRef>(TaskRef attempt) -> attempt;
      case Parsed.Invalid<TaskRef>(String problem) -> throw new IllegalArgumentException(problem);
    };
  }

  static MadeArtifact artifact(dev.makespan.proto.agent.v1.MadeArtifact artifact) {
    return new MadeArtifact(
        artifactName(artifact.getName()), artifact.getSha256(), artifact.getBytes());
  }

  /** A name and no path, though paths are used as names: it never becomes a part of one. */
  static String artifactName(String name) {
    if (name.isBlank() || name.length() > AgentLimits.MAX_NAME) {
      throw new IllegalArgumentException(
          "artifact name: expected 1 to %d characters, was %d"
              .formatted(AgentLimits.MAX_NAME, name.length()));
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("artifact name: expected no control characters");
    }
    return name;
  }

  static Duration duration(com.google.protobuf.Duration duration) {
    try {
      return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("lifetime: expected a duration, was one too long", e);
    }
  }

  static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  static dev.makespan.proto.agent.v1.MadeArtifact toProto(MadeArtifact artifact) {
    return dev.makespan.proto.agent.v1.MadeArtifact.newBuilder()
        .setName(artifact.name())
        .setSha256(artifact.sha256())
        .setBytes(artifact.bytes())
        .build();
  }
}
