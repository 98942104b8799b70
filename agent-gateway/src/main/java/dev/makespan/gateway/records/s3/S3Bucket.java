package dev.makespan.gateway.records.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The calls that are made, with failures as IOExceptions that say what an operator can do. */
final class S3Bucket implements AutoCloseable {

  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final String bucket;

  S3Bucket(S3Client client, String bucket) {
    this.client = client;
    this.bucket = bucket;
  }

  String name() {
    return bucket;
  }

  /** An object of a listing. */
  record Entry(String key, long bytes, Instant modified) {}

  /** One question to the store. */
  private interface Call<T> {
    T ask() throws SdkException;
  }

  private <T> T call(String key, Call<T> call) throws IOException {
    try {
      return call.ask();
    } catch (NoSuchKeyException gone) {
      throw new NoSuchFileException(key);
    } catch (S3Exception refused) {
      throw new IOException(reason(refused), refused);
    } catch (SdkException | UncheckedIOException away) {
      throw away(away);
    }
  }

  private IOException away(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "bucket %s: the store does not answer: %s".formatted(bucket, message), failure);
  }

  private String reason(S3Exception refused) {
    String code = refused.awsErrorDetails() == null ? "" : refused.awsErrorDetails().errorCode();
    String what = refused.statusCode() + (code == null || code.isEmpty() ? "" : " " + code);
    return switch (refused.statusCode()) {
      case FORBIDDEN ->
          "bucket %s: the store refuses the keys that it was given (%s)".formatted(bucket, what);
      case NOT_FOUND -> "bucket %s: there is no such bucket or object (%s)".formatted(bucket, what);
      default -> "bucket %s: the store answers %s".formatted(bucket, what);
    };
  }

  void put(String key, byte[] content) throws IOException {
    call(
        key,
        () -> client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(content)));
  }

  /** False: the key has an object already, and that one stays. */
  boolean putNew(String key, byte[] content) throws IOException {
    try {
      client.putObject(
          put -> put.bucket(bucket).key(key).ifNoneMatch("*"), RequestBody.fromBytes(content));
      return true;
    } catch (S3Exception refused) {
      if (refused.statusCode() == PRECONDITION_FAILED || refused.statusCode() == CONFLICT) {
        return false;
      }
      throw new IOException(reason(refused), refused);
    } catch (SdkException | UncheckedIOException away) {
      throw away(away);
    }
  }

  /** {@link NoSuchFileException}: there is none. */
  ResponseInputStream<GetObjectResponse> read(String key) throws IOException {
    return call(key, () -> client.getObject(get -> get.bucket(bucket).key(key)));
  }

  byte[] readAll(String key) throws IOException {
    try (InputStream content = read(key)) {
      return content.readAllBytes();
    }
  }

  void delete(String key) throws IOException {
    call(key, () -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
  }

  /** One by one: not all stores know the checksums that deletion by lists asks for. */
  void delete(List<String> keys) throws IOException {
    for (String key : keys) {
      delete(key);
    }
  }

  /** What is done with each object of a listing. */
  interface Visitor {
    void visit(Entry entry);
  }

  /** All whose keys begin with {@code prefix}, by key. */
  void list(String prefix, Visitor visitor) throws IOException {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix);
    boolean more = true;
    while (more) {
      ListObjectsV2Response page = call(prefix, () -> client.listObjectsV2(request.build()));
      page.contents()
          .forEach(one -> visitor.visit(new Entry(one.key(), one.size(), one.lastModified())));
      more = Boolean.TRUE.equals(page.isTruncated());
      request.continuationToken(page.nextContinuationToken());
    }
  }

  /** What stands between {@code prefix} and the next slash. */
  List<String> folders(String prefix) throws IOException {
    List<String> found = new ArrayList<>();
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).delimiter("/");
    boolean more = true;
    while (more) {
      ListObjectsV2Response page = call(prefix, () -> client.listObjectsV2(request.build()));
      page.commonPrefixes()
          .forEach(one -> found.add(one.prefix().substring(prefix.length()).replace("/", "")));
      more = Boolean.TRUE.equals(page.isTruncated());
      request.continuationToken(page.nextContinuationToken());
    }
    return found;
  }

  String beginParts(String key) throws IOException {
    return call(
        key,
        () -> client.createMultipartUpload(create -> create.bucket(bucket).key(key)).uploadId());
  }

  CompletedPart putPart(String key, String upload, int number, byte[] content) throws IOException {
    return call(
        key,
        () -> {
          String tag =
              client
                  .uploadPart(
                      part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                      RequestBody.fromBytes(content))
                  .eTag();
          return CompletedPart.builder().partNumber(number).eTag(tag).build();
        });
  }

  void endParts(String key, String upload, List<CompletedPart> parts) throws IOException {
    call(
        key,
        () ->
            client.completeMultipartUpload(complete ->
                complete
                    .bucket(bucket)
                    .key(key)
                    .uploadId(upload)
                    .multipartUpload(all -> all.parts(parts))));
  }

  void dropParts(String key, String upload) throws IOException {
    call(
        key,
        () -> client.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(upload)));
  }

  /** Uploads in parts that were never ended, of the first thousand. */
  List<MultipartUpload> openParts(String prefix) throws IOException {
    return call(
        prefix,
        () -> client.listMultipartUploads(list -> list.bucket(bucket).prefix(prefix)).uploads());
  }

  /** Within the store, and only if the content is still the one of {@code tag}. */
  void copy(String from, String tag, String to) throws IOException {
    call(
        from,
        () ->
            client.copyObject(copy ->
                copy.sourceBucket(bucket)
                    .sourceKey(from)
                    .copySourceIfMatch(tag)
                    .destinationBucket(bucket)
                    .destinationKey(to)));
  }

  @Override
  public void close() {
    client.close();
  }
}
