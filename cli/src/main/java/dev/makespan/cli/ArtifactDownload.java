package dev.makespan.cli;

import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;

/** Writes an artifact to a new file, and believes its hash only when it was computed here. */
final class ArtifactDownload {

  private ArtifactDownload() {}

  /**
   * Leaves no file when it fails.
   *
   * @throws IOException when the file is there, can't be written, or is not as declared
   */
  static Artifact to(Path file, Iterator<DownloadArtifactResponse> parts) throws IOException {
    Artifact artifact = parts.next().getArtifact();
    MessageDigest digest = sha256();
    try (OutputStream out =
        new DigestOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), digest)) {
      while (parts.hasNext()) {
        parts.next().getData().writeTo(out);
      }
    } catch (IOException | RuntimeException e) {
      if (!(e instanceof FileAlreadyExistsException)) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
    String was = HexFormat.of().formatHex(digest.digest());
    if (!was.equals(artifact.getSha256())) {
      Files.deleteIfExists(file);
      throw new IOException("expected sha256 " + artifact.getSha256() + ", was " + was);
    }
    return artifact;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
