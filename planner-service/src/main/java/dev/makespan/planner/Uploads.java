package dev.makespan.planner;

import java.util.List;
import java.util.regex.Pattern;

/** Plan files that come in parts. What they may hold of the heap together is bounded. */
public final class Uploads {

  /** Announced bytes of all uploads that are under way. */
  static final long MAX_BYTES_AT_ONCE = 2L * Plans.MAX_SOURCE_BYTES;

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private long announced;

  /**
   * Begins an upload; refused before a byte is taken when the file is too large or too much is
   * being uploaded.
   *
   * @param size bytes of the whole file
   * @param contentHash hex of its SHA-256; empty: not checked
   */
  public Answer<Upload> begin(String fileName, long size, String contentHash) {
    List<Violation> wrong =
        new Texts()
            .line("header.file_name", fileName, Texts.MAX_FILE_NAME)
            .require(size > 0, "header.size", "expected more than 0 bytes, was " + size)
            .require(
                contentHash.isEmpty() || SHA_256.matcher(contentHash).matches(),
                "header.content_hash",
                "expected 64 hexadecimal digits in lower case")
            .violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    if (size > Plans.MAX_SOURCE_BYTES) {
      return Answer.refused(PlanFiles.tooLarge(size));
    }
    return reserve(size)
        ? Answer.of(new Upload(fileName, (int) size, contentHash, () -> release(size)))
        : Answer.refused(
            Refusal.of(
                Refusal.Kind.EXHAUSTED,
                "TOO_MANY_UPLOADS",
                "more than "
                    + MAX_BYTES_AT_ONCE
                    + " bytes are being uploaded at once; try again later"));
  }

  private synchronized boolean reserve(long size) {
    if (announced + size > MAX_BYTES_AT_ONCE) {
      return false;
    }
    announced += size;
    return true;
  }

  private synchronized void release(long size) {
    announced -= size;
  }
}
