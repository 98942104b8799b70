package dev.makespan.gateway;

import static dev.makespan.gateway.Messages.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.KeepUploadRequest;
import dev.makespan.proto.agent.v1.LinkUploadRequest;
import dev.makespan.proto.agent.v1.LinkUploadResponse;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc.AttemptRecordServiceBlockingStub;
import dev.makespan.proto.gateway.v1.LinkArtifactRequest;
import dev.makespan.proto.gateway.v1.LinkArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gateway that keeps records in an S3-compatible store, over its doors. */
@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = StoreResource.class, restrictToAnnotatedClass = true)
class RecordsInAStoreTest {

  /** Of "hello". */
  private static final MadeArtifact HELLO =
      MadeArtifact.newBuilder()
          .setName("dist/hello.txt")
          .setSha256("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")
          .setBytes(5)
          .build();

  private final TaskRef attempt = ref(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private TestAgent holder(String session) throws InterruptedException {
    if (injected == null) {
      throw new AssertionError("no scheduler was injected");
    }
    TestAgent agent = TestAgent.welcomed(port(), session);
    injected.say(session, Messages.assign(attempt));
    agent.expect(GatewaySays.Assign.class);
    agent.say(new AgentSays.Accept(attempt));
    return agent;
  }

  private static AttemptRecordServiceBlockingStub records(ManagedChannel channel) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer a-secret-of-the-tests");
    return AttemptRecordServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aLogIsWrittenToTheStoreAndRead() throws InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    StringBuilder text = new StringBuilder();
    try (TestAgent agent = holder("logs");
        TestLogStream log = TestLogStream.open(port(), "logs", attempt)) {
      log.awaitPosition(0);
      log.say(1, 0, "hello ", false);
      log.awaitPosition(1);
      log.say(2, 6, "store", true);
      log.awaitPosition(2);

      records(channel)
          .readLog(ReadLogRequest.newBuilder().setTask(TestLogStream.ref(attempt)).build())
          .forEachRemaining((ReadLogResponse piece) -> text.append(piece.getData().toStringUtf8()));

      assertThat(text).hasToString("hello store");
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void contentComesAndGoesByLinksAndWhatIsNotAsDeclaredDoesNot()
      throws IOException, InterruptedException {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = holder("links")) {
      var bulk = BulkServiceGrpc.newBlockingStub(channel);
      PutArtifactHeader header =
          PutArtifactHeader.newBuilder()
              .setSessionId("links")
              .setTask(TestLogStream.ref(attempt))
              .setArtifact(HELLO)
              .build();
      LinkUploadResponse link =
          bulk.linkUpload(LinkUploadRequest.newBuilder().setHeader(header).build());
      KeepUploadRequest keep =
          KeepUploadRequest.newBuilder().setHeader(header).setTicket(link.getTicket()).build();

      put(link, "hullo");
      assertThatThrownBy(() -> bulk.keepUpload(keep)).hasMessageContaining("nothing of it is kept");
      put(link, "hello");
      assertThat(bulk.keepUpload(keep).getExisted()).isFalse();
      assertThat(bulk.keepUpload(keep).getExisted()).isTrue();

      LinkArtifactResponse there =
          records(channel)
              .linkArtifact(
                  LinkArtifactRequest.newBuilder()
                      .setTask(TestLogStream.ref(attempt))
                      .setName("dist/hello.txt")
                      .build());
      assertThat(there.getArtifact()).isEqualTo(HELLO);
      assertThat(send(HttpRequest.newBuilder(URI.create(there.getUrl())).build()).body())
          .isEqualTo("hello");
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  private static void put(LinkUploadResponse link, String content)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(link.getUrl()))
            .PUT(HttpRequest.BodyPublishers.ofString(content, StandardCharsets.UTF_8))
            .build();
    assertThat(send(request).statusCode()).isEqualTo(200);
  }
}
