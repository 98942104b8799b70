package dev.makespan.gateway.records;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A hash over bytes as they come, in lower-case hex. */
public final class Sha256 {

  private final MessageDigest digest;

  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public static String of(byte[] bytes) {
    Sha256 hash = new Sha256();
    hash.add(bytes);
    return hash.hex();
  }

  public void add(byte[] bytes) {
    digest.update(bytes);
  }

  /** Of all that was added; to be asked once. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
