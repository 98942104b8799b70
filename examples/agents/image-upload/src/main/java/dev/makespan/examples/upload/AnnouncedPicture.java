package dev.makespan.examples.upload;

import dev.makespan.agent.workspace.AttemptProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An uploaded picture and the hash that its uploader announced.
 *
 * @param sha256 in lower-case hex
 */
record AnnouncedPicture(Path source, String sha256) {

  /** What is larger is not read. */
  static final int MAX_BYTES = 64 << 20;

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  /** Refuses what is no hash: it becomes a part of addresses. */
  static AnnouncedPicture of(String source, String sha256) throws AttemptProblem {
    if (!HASH.matcher(sha256).matches()) {
      throw AttemptProblem.forGood(
          "sha256: expected 64 digits of lower-case hex, was " + sha256.length() + " characters");
    }
    return new AnnouncedPicture(Path.of(source), sha256);
  }

  /**
   * The bytes, which are those that were announced: between one task and the next somebody may have
   * put others there.
   */
  byte[] bytes() throws AttemptProblem, IOException {
    try (InputStream content = Files.newInputStream(source)) {
      byte[] bytes = content.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw AttemptProblem.forGood("expected at most " + MAX_BYTES + " bytes in " + source);
      }
      String found = hash(bytes);
      if (!found.equals(sha256)) {
        // An upload that goes on still will be right at the next attempt.
        throw AttemptProblem.forNow(
            "expected " + source.getFileName() + " with sha256 " + sha256 + ", was " + found);
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw AttemptProblem.forNow(source + " is not there");
    }
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
