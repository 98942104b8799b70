package dev.makespan.gateway.records.s3;

import java.net.URI;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** An S3-compatible store in this JVM, with one bucket, whose content is gone with it. */
public final class TestStore implements AutoCloseable {

  public static final String BUCKET = "records";
  public static final String KEY_ID = "tester";
  public static final String SECRET = "s3cret-of-the-tester";

  private final BlobStoreContext context;
  private final S3Proxy proxy;

  /** One that writes names once. */
  public TestStore() {
    this(true);
  }

  /**
   * The server takes no notice of If-None-Match, so that this stands in for it.
   *
   * @param once whether what is asked to be written once is
   */
  TestStore(boolean once) {
    Properties properties = new Properties();
    context =
        ContextBuilder.newBuilder("transient-nio2")
            .credentials(KEY_ID, SECRET)
            .overrides(properties)
            .build(BlobStoreContext.class);
    proxy =
        S3Proxy.builder()
            .blobStore(once ? new WriteOnce(context.getBlobStore()) : context.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("the store can't be started", e);
    }
    context.getBlobStore().createContainerInLocation(null, BUCKET);
  }

  /** Refuses to write a name and the probe again. */
  private static final class WriteOnce extends ForwardingBlobStore {

    WriteOnce(BlobStore store) {
      super(store);
    }

    @Override
    public synchronized String putBlob(String container, Blob blob, PutOptions options) {
      String key = blob.getMetadata().getName();
      boolean once = key.endsWith(".name") || key.endsWith("-probe");
      if (once && delegate().blobExists(container, key)) {
        HttpRequest request = HttpRequest.builder().method("PUT").endpoint("http://store/").build();
        HttpResponse answer =
            HttpResponse.builder().statusCode(412).message("there is one").build();
        throw new HttpResponseException(new HttpCommand(request), answer, "there is one");
      }
      return delegate().putBlob(container, blob, options);
    }
  }

  long objects() {
    return blobs().list(BUCKET, ListContainerOptions.Builder.recursive()).size();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  BlobStore blobs() {
    return context.getBlobStore();
  }

  S3Records records() {
    return records(BUCKET, SECRET);
  }

  S3Records records(String bucket, String secret) {
    return S3Records.of(
        S3Settings.of(
            "s3://" + bucket + "/team/a",
            Optional.of(endpoint()),
            Optional.empty(),
            "us-east-1",
            true),
        StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, secret)),
        () -> UUID.randomUUID().toString().replace("-", ""));
  }

  /** It does not answer from here on. */
  void goAway() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the store can't be stopped", e);
    }
  }

  @Override
  public void close() {
    goAway();
    context.close();
  }
}
