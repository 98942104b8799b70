package dev.makespan.gateway.records;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One file as an attempt brings it: hashed while it comes, and kept only when it is what was
 * declared. May block. Of one thread at a time.
 */
public final class ArtifactInflow implements AutoCloseable {

  /** Most bytes of one piece. */
  public static final int MAX_PIECE_BYTES = 1 << 20;

  private final ArtifactIntake intake;
  private final SessionId session;
  private final TaskRef attempt;
  private final MadeArtifact declared;
  private final Sha256 hash = new Sha256();
  private ArtifactStore.@Nullable Incoming incoming;
  private long bytes;
  private boolean existed;

  public ArtifactInflow(
      ArtifactIntake intake, SessionId session, TaskRef attempt, MadeArtifact declared) {
    this.intake = intake;
    this.session = session;
    this.attempt = attempt;
    this.declared = declared;
  }

  /** Null: its content may come, unless it {@link #existed}. */
  public @Nullable RecordRefusal begin() throws IOException {
    switch (intake.admit(session, attempt, declared)) {
      case ArtifactIntake.Admission.Refused(RecordRefusal why) -> {
        return why;
      }
      case ArtifactIntake.Admission.Existed() -> existed = true;
      case ArtifactIntake.Admission.Open() -> incoming = intake.store().begin(attempt, declared);
    }
    return null;
  }

  /** It was there before with the same content: nothing has to come. */
  public boolean existed() {
    return existed;
  }

  /** Null: go on. */
  public @Nullable RecordRefusal content(byte[] piece) throws IOException {
    bytes += piece.length;
    if (bytes > declared.bytes()) {
      return notAsDeclared(declared.bytes() + " bytes", "more");
    }
    hash.add(piece);
    if (incoming != null) {
      incoming.write(piece);
    }
    return null;
  }

  /** Null: it is kept. */
  public @Nullable RecordRefusal end() throws IOException {
    if (existed || incoming == null) {
      return null;
    }
    if (bytes != declared.bytes()) {
      return notAsDeclared(declared.bytes() + " bytes", Long.toString(bytes));
    }
    String was = hash.hex();
    if (!was.equals(declared.sha256())) {
      return notAsDeclared("sha256 " + declared.sha256(), was);
    }
    MadeArtifact named = incoming.keep(attempt, declared);
    existed = !named.equals(declared);
    return ArtifactIntake.other(attempt, declared, named);
  }

  private RecordRefusal notAsDeclared(String expected, String was) {
    return new RecordRefusal(
        RecordRefusal.Kind.NOT_AS_DECLARED,
        "artifact %s: expected %s as declared, was %s; nothing of it is kept"
            .formatted(declared.name(), expected, was));
  }

  @Override
  public void close() throws IOException {
    if (incoming != null) {
      incoming.close();
    }
  }
}
