package dev.makespan.planner;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One file that comes in parts. Used by one thread after another. */
public final class Upload implements AutoCloseable {

  /** Largest part. */
  public static final int MAX_CHUNK_BYTES = 1024 * 1024;

  private final String fileName;
  private final int size;
  private final String contentHash;
  private final Runnable onClose;

  /** Grows with what comes, so that an announcement alone holds no memory. */
  private byte[] content;

  private int taken;
  private boolean closed;

  Upload(String fileName, int size, String contentHash, Runnable onClose) {
    this.fileName = fileName;
    this.size = size;
    this.contentHash = contentHash;
    this.onClose = onClose;
    this.content = new byte[Math.min(size, MAX_CHUNK_BYTES)];
  }

  /** Takes the next part, or says what is wrong with it. */
  public Optional<Refusal> take(long offset, byte[] data) {
    List<Violation> wrong =
        new Texts()
            .require(offset == taken, "chunk.offset", "expected " + taken + ", was " + offset)
            .require(
                data.length > 0 && data.length <= MAX_CHUNK_BYTES,
                "chunk.data",
                "expected 1 to " + MAX_CHUNK_BYTES + " bytes, was " + data.length)
            .require(
                data.length <= size - taken,
                "chunk.data",
                "expected at most the " + (size - taken) + " bytes left, was " + data.length)
            .violations();
    if (!wrong.isEmpty()) {
      return Optional.of(Refusal.invalid(wrong));
    }
    makeRoom(taken + data.length);
    System.arraycopy(data, 0, content, taken, data.length);
    taken += data.length;
    return Optional.empty();
  }

  /** The whole file, when it is what the header said. */
  public Answer<PlanSource> finish() {
    if (taken != size) {
      return refused("header.size", "expected " + size + " bytes as announced, was " + taken);
    }
    PlanSource source = new PlanSource(fileName, content);
    String hash = source.hash();
    return contentHash.isEmpty() || hash.equals(contentHash)
        ? Answer.of(source)
        : refused("header.content_hash", "expected " + contentHash + " as announced, was " + hash);
  }

  /** Gives the memory back; closing again changes nothing. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      content = new byte[0];
      onClose.run();
    }
  }

  private void makeRoom(int wanted) {
    if (wanted > content.length) {
      content = Arrays.copyOf(content, (int) Math.min(size, Math.max(wanted, 2L * content.length)));
    }
  }

  private static Answer<PlanSource> refused(String field, String message) {
    return Answer.refused(Refusal.invalid(List.of(Violation.of(field, message))));
  }
}
