package dev.makespan.gateway.records;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file as an attempt brings it: hashed while it comes, and kept only when it is what was
 * declared. May block. Of one thread at a time.
 */
public final class ArtifactInflow implements AutoCloseable {

  /** Most bytes of one piece. */
  public static final int MAX_PIECE_BYTES = 1 << 20;

  private final ArtifactStore store;
  private final Holdings holdings;
  private final ArtifactLimits limits;
  private final SessionId session;
  private final TaskRef attempt;
  private final MadeArtifact declared;
  private final Sha256 hash = new Sha256();
  private ArtifactStore.@Nullable Incoming incoming;
  private long bytes;
  private boolean existed;

  public ArtifactInflow(
      ArtifactStore store,
      Holdings holdings,
      ArtifactLimits limits,
      SessionId session,
      TaskRef attempt,
      MadeArtifact declared) {
    this.store = store;
    this.holdings = holdings;
    this.limits = limits;
    this.session = session;
    this.attempt = attempt;
    this.declared = declared;
  }

  /** Null: its content may come, unless it {@link #existed}. */
  public @Nullable RecordRefusal begin() throws IOException {
    RecordRefusal refusal = holdings.refusal(session, attempt);
    if (refusal != null) {
      return refusal;
    }
    MadeArtifact before = store.find(attempt, declared.name());
    if (before != null) {
      existed = true;
      return sameAs(before);
    }
    refusal = tooMuch();
    if (refusal == null) {
      incoming = store.begin(attempt);
    }
    return refusal;
  }

  private @Nullable RecordRefusal sameAs(MadeArtifact before) {
    return before.sha256().equals(declared.sha256())
        ? null
        : new RecordRefusal(
            RecordRefusal.Kind.OTHER_CONTENT,
            "artifact %s of %s: expected the content that it has, sha256 %s, was %s"
                .formatted(declared.name(), attempt, before.sha256(), declared.sha256()));
  }

  private @Nullable RecordRefusal tooMuch() throws IOException {
    if (declared.bytes() > limits.fileBytes()) {
      return tooMuch("at most " + limits.fileBytes() + " bytes", declared.bytes());
    }
    List<MadeArtifact> all = store.artifacts(attempt);
    if (all.size() >= limits.files()) {
      return tooMuch("at most " + limits.files() + " artifacts of an attempt", all.size() + 1L);
    }
    long sum = all.stream().mapToLong(MadeArtifact::bytes).sum() + declared.bytes();
    return sum > limits.attemptBytes()
        ? tooMuch("at most " + limits.attemptBytes() + " bytes of an attempt", sum)
        : null;
  }

  private RecordRefusal tooMuch(String expected, long was) {
    return new RecordRefusal(
        RecordRefusal.Kind.TOO_MUCH,
        "artifact %s: expected %s, was %d".formatted(declared.name(), expected, was));
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
    return sameAs(named);
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
