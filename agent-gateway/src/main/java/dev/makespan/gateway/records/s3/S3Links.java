package dev.makespan.gateway.records.s3;

import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.task.TaskRef;
import dev.makespan.gateway.records.ArtifactLinks;
import dev.makespan.gateway.records.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Presigned addresses. A link to put leads to a key that is nobody's content: it stays good after
 * its content was taken, so that this is read, hashed and copied, and not named where it is.
 */
final class S3Links implements ArtifactLinks {

  private static final int BUFFER_BYTES = 1 << 18;

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final S3Artifacts artifacts;
  private final Signing signing;

  /**
   * What makes links.
   *
   * @param tickets makes names that nobody can guess, of letters and digits
   */
  record Signing(S3Presigner presigner, Supplier<String> tickets) {}

  S3Links(S3Bucket bucket, S3Keys keys, S3Artifacts artifacts, Signing signing) {
    this.bucket = bucket;
    this.keys = keys;
    this.artifacts = artifacts;
    this.signing = signing;
  }

  @Override
  public URI download(TaskRef attempt, MadeArtifact artifact, Duration lifetime)
      throws IOException {
    String key = artifacts.contentKey(attempt, artifact);
    try {
      return URI.create(
          signing
              .presigner()
              .presignGetObject(link ->
                  link.signatureDuration(lifetime)
                      .getObjectRequest(get ->
                          get.bucket(bucket.name())
                              .key(key)
                              // An agent has written it: no browser shall show it.
                              .responseContentType("application/octet-stream")
                              .responseContentDisposition("attachment")))
              .url()
              .toString());
    } catch (SdkException e) {
      throw new IOException("no link can be made: " + e.getMessage(), e);
    }
  }

  @Override
  public UploadLink upload(TaskRef attempt, MadeArtifact declared, Duration lifetime)
      throws IOException {
    String ticket = signing.tickets().get();
    String key = keys.uploaded(attempt, ticket);
    try {
      String address =
          signing
              .presigner()
              .presignPutObject(link ->
                  link.signatureDuration(lifetime)
                      .putObjectRequest(put ->
                          put.bucket(bucket.name()).key(key).contentLength(declared.bytes())))
              .url()
              .toString();
      return new UploadLink(
          URI.create(address), ticket, Map.of("Content-Length", Long.toString(declared.bytes())));
    } catch (SdkException e) {
      throw new IOException("no link can be made: " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable MadeArtifact keep(TaskRef attempt, MadeArtifact declared, String ticket)
      throws IOException {
    String key = keys.uploaded(attempt, ticket);
    String tag;
    try (ResponseInputStream<GetObjectResponse> content = bucket.read(key)) {
      tag = content.response().eTag();
      if (!isAsDeclared(content, declared)) {
        content.abort();
        bucket.delete(key);
        return null;
      }
    } catch (NoSuchFileException none) {
      return null;
    }
    bucket.copy(key, tag, artifacts.contentKey(attempt, declared));
    MadeArtifact named = artifacts.name(attempt, declared);
    bucket.delete(key);
    return named;
  }

  /** In memory there is one buffer of it. */
  private static boolean isAsDeclared(
      ResponseInputStream<GetObjectResponse> content, MadeArtifact declared) throws IOException {
    Long length = content.response().contentLength();
    if (length == null || length != declared.bytes()) {
      return false;
    }
    Sha256 hash = new Sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    int read = content.read(buffer);
    while (read >= 0) {
      hash.add(Arrays.copyOf(buffer, read));
      read = content.read(buffer);
    }
    return hash.hex().equals(declared.sha256());
  }
}
