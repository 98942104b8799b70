package dev.makespan.planner;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A plan file as its author wrote it. The bytes are shared, not copied: nobody changes them. */
public final class PlanSource {

  private final String fileName;
  private final byte[] content;

  /**
   * @param fileName for messages only
   * @param content YAML 1.2 or JSON, UTF-8
   */
  public PlanSource(String fileName, byte[] content) {
    this.fileName = fileName.isEmpty() ? "plan" : fileName;
    this.content = content;
  }

  public String fileName() {
    return fileName;
  }

  public byte[] content() {
    return content;
  }

  /** Hex of the SHA-256 of the content. */
  public String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
