package dev.makespan.gateway.records.s3;

import dev.makespan.gateway.records.ArtifactStore;
import dev.makespan.gateway.records.SegmentStore;
import dev.makespan.gateway.records.Sweep;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** One store of records, and what it can do. */
public final class S3Records implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** A call with its repetitions. */
  private static final Duration CALL = Duration.ofSeconds(60);

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final S3Presigner presigner;
  private final S3Artifacts artifacts;
  private final S3Segments segments;

  private S3Records(
      S3Bucket bucket, S3Keys keys, S3Presigner presigner, Supplier<String> uniqueNames) {
    this.bucket = bucket;
    this.keys = keys;
    this.presigner = presigner;
    this.artifacts = new S3Artifacts(bucket, keys, new S3Links.Signing(presigner, uniqueNames));
    this.segments = new S3Segments(bucket, keys, uniqueNames);
  }

  /**
   * Nothing is asked of the store yet.
   *
   * @param who is asked when a call is made
   * @param uniqueNames makes names that nobody else has and nobody can guess, of letters and digits
   */
  public static S3Records of(
      S3Settings settings, AwsCredentialsProvider who, Supplier<String> uniqueNames) {
    // Checksums beyond what the protocol asks for are not known to all stores.
    S3Client client =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE))
            .region(Region.of(settings.region()))
            .applyMutation(builder -> settings.endpoint().ifPresent(builder::endpointOverride))
            .forcePathStyle(settings.pathStyle())
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .credentialsProvider(who)
            .overrideConfiguration(override -> override.apiCallTimeout(CALL))
            .build();
    Optional<URI> forLinks = settings.publicEndpoint().or(settings::endpoint);
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(who)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(settings.pathStyle())
                    .chunkedEncodingEnabled(false)
                    .build());
    forLinks.ifPresent(presigner::endpointOverride);
    return new S3Records(
        new S3Bucket(client, settings.bucket()),
        new S3Keys(settings.prefix()),
        presigner.build(),
        uniqueNames);
  }

  /**
   * Asks whether the store can be written to, and whether it writes a key once, on which names of
   * artifacts rest.
   *
   * @throws IOException saying why not
   */
  public void check() throws IOException {
    byte[] word = "once".getBytes(StandardCharsets.UTF_8);
    bucket.putNew(keys.probe(), word);
    if (bucket.putNew(keys.probe(), word)) {
      throw new IOException(
          "bucket %s: expected a store that refuses to write a key twice (If-None-Match), was one that does not; two attempts could change each other's artifacts"
              .formatted(bucket.name()));
    }
  }

  public ArtifactStore artifacts() {
    return artifacts;
  }

  public SegmentStore segments() {
    return segments;
  }

  public Sweep sweep(Duration retention) {
    return new S3Sweep(bucket, keys, retention);
  }

  @Override
  public void close() {
    presigner.close();
    bucket.close();
  }
}
