package dev.makespan.gateway.records;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether an attempt may leave a file behind. May block. */
public record ArtifactIntake(ArtifactStore store, Holdings holdings, ArtifactLimits limits) {

  /** What is said to one who wants to. */
  sealed interface Admission {
    record Refused(RecordRefusal why) implements Admission {}

    /** It was there before with the same content: nothing has to come. */
    record Existed() implements Admission {}

    record Open() implements Admission {}
  }

  Admission admit(SessionId session, TaskRef attempt, MadeArtifact declared) throws IOException {
    RecordRefusal refusal = holdings.refusal(session, attempt);
    if (refusal != null) {
      return new Admission.Refused(refusal);
    }
    MadeArtifact before = store.find(attempt, declared.name());
    if (before != null) {
      refusal = other(attempt, declared, before);
      return refusal == null ? new Admission.Existed() : new Admission.Refused(refusal);
    }
    refusal = tooMuch(attempt, declared);
    return refusal == null ? new Admission.Open() : new Admission.Refused(refusal);
  }

  /** Null: what has the name is the same. */
  static @Nullable RecordRefusal other(TaskRef attempt, MadeArtifact declared, MadeArtifact has) {
    return has.sha256().equals(declared.sha256())
        ? null
        : new RecordRefusal(
            RecordRefusal.Kind.OTHER_CONTENT,
            "artifact %s of %s: expected the content that it has, sha256 %s, was %s"
                .formatted(declared.name(), attempt, has.sha256(), declared.sha256()));
  }

  private @Nullable RecordRefusal tooMuch(TaskRef attempt, MadeArtifact declared)
      throws IOException {
    if (declared.bytes() > limits.fileBytes()) {
      return tooMuch(declared, "at most " + limits.fileBytes() + " bytes", declared.bytes());
    }
    List<MadeArtifact> all = store.artifacts(attempt);
    if (all.size() >= limits.files()) {
      return tooMuch(
          declared, "at most " + limits.files() + " artifacts of an attempt", all.size() + 1L);
    }
    long sum = all.stream().mapToLong(MadeArtifact::bytes).sum() + declared.bytes();
    return sum > limits.attemptBytes()
        ? tooMuch(declared, "at most " + limits.attemptBytes() + " bytes of an attempt", sum)
        : null;
  }

  private static RecordRefusal tooMuch(MadeArtifact declared, String expected, long was) {
    return new RecordRefusal(
        RecordRefusal.Kind.TOO_MUCH,
        "artifact %s: expected %s, was %d".formatted(declared.name(), expected, was));
  }
}
