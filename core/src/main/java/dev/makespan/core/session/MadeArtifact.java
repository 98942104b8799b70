package dev.makespan.core.session;

import java.util.regex.Pattern;

/**
 * A file that an attempt has left behind.
 *
 * @param name as the task declares it
 * @param sha256 of its content, in lower-case hex
 */
public record MadeArtifact(String name, String sha256, long bytes) {

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public MadeArtifact {
    if (!HASH.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "sha256: expected 64 digits of lower-case hex, was " + sha256.length() + " others");
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("bytes: expected a number from 0, was " + bytes);
    }
  }
}
