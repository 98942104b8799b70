package dev.makespan.cli;

import com.google.protobuf.ByteString;
import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    OutputStream out = create(file);
    boolean whole = false;
    try (out) {
      take(artifact, parts, out);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
    return artifact;
  }

  private static OutputStream create(Path file) throws IOException {
    try {
      return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException there) {
      throw new IOException("expected a file that is not there yet, was one that is", there);
    } catch (NoSuchFileException none) {
      throw new IOException("expected a folder that is there, was none", none);
    }
  }

  private static void take(
      Artifact artifact, Iterator<DownloadArtifactResponse> parts, OutputStream out)
      throws IOException {
    MessageDigest digest = sha256();
    long bytes = 0;
    while (parts.hasNext()) {
      ByteString part = parts.next().getData();
      bytes += part.size();
      if (bytes > artifact.getBytes()) {
        throw new IOException("expected %d bytes, was more".formatted(artifact.getBytes()));
      }
      part.writeTo(out);
      part.asReadOnlyByteBufferList().forEach(digest::update);
    }
    if (bytes != artifact.getBytes()) {
      throw new IOException("expected %d bytes, was %d".formatted(artifact.getBytes(), bytes));
    }
    String was = HexFormat.of().formatHex(digest.digest());
    if (!was.equals(artifact.getSha256())) {
      throw new IOException("expected sha256 " + artifact.getSha256() + ", was " + was);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
