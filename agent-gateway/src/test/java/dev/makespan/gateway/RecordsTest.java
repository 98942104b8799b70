package dev.makespan.gateway;

import static dev.makespan.gateway.Messages.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.GetArtifactRequest;
import dev.makespan.proto.agent.v1.GetArtifactResponse;
import dev.makespan.proto.agent.v1.LinkUploadRequest;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.agent.v1.PutArtifactRequest;
import dev.makespan.proto.agent.v1.PutArtifactResponse;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc.AttemptRecordServiceBlockingStub;
import dev.makespan.proto.gateway.v1.LinkArtifactRequest;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logs and artifacts over the real doors. */
@QuarkusTest
@QuarkusTestResource(value = FakeSchedulerResource.class, restrictToAnnotatedClass = true)
class RecordsTest {

  private static final long FLOOD_BYTES = 64L << 20;

  /** Each test has attempts that no run of tests has had before. */
  private final long fence = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);

  @TestHTTPResource("/")
  @Nullable URI address;

  @Nullable FakeScheduler injected;

  private int port() {
    return address == null ? 0 : address.getPort();
  }

  private FakeScheduler scheduler() {
    if (injected == null) {
      throw new AssertionError("no scheduler was injected");
    }
    return injected;
  }

  private TestAgent holder(String session, TaskRef attempt) throws InterruptedException {
    TestAgent agent = TestAgent.welcomed(port(), session);
    scheduler().say(session, Messages.assign(attempt));
    agent.expect(GatewaySays.Assign.class);
    agent.say(new AgentSays.Accept(attempt));
    return agent;
  }

  private List<ReadLogResponse> read(TaskRef attempt, long after) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try {
      List<ReadLogResponse> all = new ArrayList<>();
      Iterator<ReadLogResponse> answers =
          records(channel)
              .readLog(
                  ReadLogRequest.newBuilder()
                      .setTask(TestLogStream.ref(attempt))
                      .setAfterSequence(after)
                      .build());
      answers.forEachRemaining(all::add);
      return all;
    } finally {
      channel.shutdownNow();
    }
  }

  private static AttemptRecordServiceBlockingStub records(ManagedChannel channel) {
    return records(channel, "Bearer a-secret-of-the-tests");
  }

  private static AttemptRecordServiceBlockingStub records(ManagedChannel channel, String said) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), said);
    return AttemptRecordServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private String text(TaskRef attempt) {
    return read(attempt, 0).stream()
        .map(ReadLogResponse::getData)
        .reduce(ByteString.EMPTY, ByteString::concat)
        .toStringUtf8();
  }

  @Test
  void whatTheHolderWritesIsReadWhileItIsWritten() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("writes", attempt);
        TestLogStream log = TestLogStream.open(port(), "writes", attempt)) {
      log.awaitPosition(0);
      log.say(1, 0, "hello ", false);
      log.awaitPosition(1);

      assertThat(text(attempt)).isEqualTo("hello ");

      log.say(2, 6, "world", true);
      log.complete();
      assertThat(log.end().getCode()).isEqualTo(Status.Code.OK);
      assertThat(read(attempt, 1)).hasSize(1).allMatch(ReadLogResponse::getLast);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aLogThatWasBrokenOffGoesOnFromItsPosition() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("returns", attempt)) {
      try (TestLogStream first = TestLogStream.open(port(), "returns", attempt)) {
        first.awaitPosition(0);
        first.say(1, 0, "one ", false);
        first.say(2, 4, "two ", false);
        first.awaitPosition(2);
      }

      try (TestLogStream second = TestLogStream.open(port(), "returns", attempt)) {
        second.awaitPosition(2);
        second.say(2, 4, "two ", false);
        second.say(3, 8, "three", false);
        second.awaitPosition(3);
      }

      assertThat(text(attempt)).isEqualTo("one two three");
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aGapEndsThatStreamWithAReason() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("gaps", attempt);
        TestLogStream log = TestLogStream.open(port(), "gaps", attempt)) {
      log.awaitPosition(0);

      log.say(2, 0, "second", false);

      assertThat(log.end().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
      assertThat(log.end().getDescription()).contains("expected 1, was 2");
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void whoDoesNotHoldTheAttemptWritesNothing() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent holder = holder("holder", attempt);
        TestAgent other = TestAgent.welcomed(port(), "other");
        TestLogStream strange = TestLogStream.open(port(), "other", attempt);
        TestLogStream unknown = TestLogStream.open(port(), "holder", ref(fence - 1))) {
      other.say(new AgentSays.Status(List.of(attempt), 0));
      scheduler().expectSaid("other", ConnectRequest.MessageCase.STATUS);

      assertThat(strange.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(unknown.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      try (TestLogStream afterStatus = TestLogStream.open(port(), "other", attempt)) {
        assertThat(afterStatus.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      }
      assertThat(read(attempt, 0)).isEmpty();
      assertThat(holder.isOpen()).isTrue();
    }
  }

  @Test
  void nonsenseEndsTheStreamAndNotTheAgent() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("nonsense", attempt);
        TestLogStream hasty = new TestLogStream(port());
        TestLogStream far = TestLogStream.open(port(), "nonsense", attempt)) {
      hasty.say(1, 0, "no open", false);
      far.awaitPosition(0);
      far.say(0, -1, "", false);

      assertThat(hasty.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(far.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void aFloodOfLogsDelaysNoControlMessage() throws InterruptedException {
    TaskRef attempt = ref(fence);
    try (TestAgent agent = holder("floods", attempt);
        TestAgent other = TestAgent.welcomed(port(), "calm");
        TestLogStream log = TestLogStream.open(port(), "floods", attempt)) {
      log.awaitPosition(0);
      Thread flood = Thread.ofPlatform().start(() -> log.flood(FLOOD_BYTES));
      List<java.time.Duration> delays = new ArrayList<>();

      for (int i = 1; flood.isAlive(); i++) {
        long begin = System.nanoTime();
        scheduler().say("floods", new GatewaySays.Nack("during the flood " + i));
        agent.expect(GatewaySays.Nack.class);
        delays.add(java.time.Duration.ofNanos(System.nanoTime() - begin));
      }

      flood.join();
      log.awaitPosition(FLOOD_BYTES / 65_536);
      assertThat(delays).hasSizeGreaterThan(1);
      assertThat(delays.stream().sorted().toList().get(delays.size() / 2))
          .isLessThan(java.time.Duration.ofMillis(250));
      assertThat(other.isOpen()).isTrue();
    }
  }

  private PutArtifactRequest header(String session, TaskRef attempt, MadeArtifact artifact) {
    return PutArtifactRequest.newBuilder()
        .setHeader(
            PutArtifactHeader.newBuilder()
                .setSessionId(session)
                .setTask(TestLogStream.ref(attempt))
                .setArtifact(artifact))
        .build();
  }

  private Status put(PutArtifactRequest header, byte[]... pieces) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    CompletableFuture<Status> end = new CompletableFuture<>();
    try {
      StreamObserver<PutArtifactRequest> upload =
          BulkServiceGrpc.newStub(channel)
              .putArtifact(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(PutArtifactResponse response) {}

                    @Override
                    public void onError(Throwable cause) {
                      end.complete(Status.fromThrowable(cause));
                    }

                    @Override
                    public void onCompleted() {
                      end.complete(Status.OK);
                    }
                  });
      upload.onNext(header);
      for (byte[] piece : pieces) {
        upload.onNext(PutArtifactRequest.newBuilder().setData(ByteString.copyFrom(piece)).build());
      }
      upload.onCompleted();
      return end.orTimeout(FakeScheduler.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } finally {
      channel.shutdownNow();
    }
  }

  private static MadeArtifact artifact(String name, byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return MadeArtifact.newBuilder()
          .setName(name)
          .setSha256(HexFormat.of().formatHex(hash))
          .setBytes(content.length)
          .build();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anArtifactIsPutListedAndReadAgain() throws InterruptedException {
    TaskRef attempt = ref(fence);
    byte[] half = new byte[400_000];
    byte[] whole = new byte[800_000];
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = holder("puts", attempt)) {
      MadeArtifact artifact = artifact("dist/app.bin", whole);

      assertThat(put(header("puts", attempt, artifact), half, half)).isEqualTo(Status.OK);
      assertThat(put(header("puts", attempt, artifact))).isEqualTo(Status.OK);

      var stub = records(channel);
      assertThat(
              stub.listArtifacts(
                      ListArtifactsRequest.newBuilder().setTask(TestLogStream.ref(attempt)).build())
                  .getArtifactsList())
          .containsExactly(artifact);
      long bytes = 0;
      Iterator<ReadArtifactResponse> parts =
          stub.readArtifact(
              ReadArtifactRequest.newBuilder()
                  .setTask(TestLogStream.ref(attempt))
                  .setName("dist/app.bin")
                  .build());
      while (parts.hasNext()) {
        bytes += parts.next().getData().size();
      }
      assertThat(bytes).isEqualTo(whole.length);
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void anArtifactThatIsNotAsDeclaredOrHasAnotherNameIsRefusedWithItsCode()
      throws InterruptedException {
    TaskRef attempt = ref(fence);
    byte[] one = {1};
    byte[] two = {2};
    try (TestAgent agent = holder("lies", attempt)) {
      Status lie = put(header("lies", attempt, artifact("app", one)), two);
      Status kept = put(header("lies", attempt, artifact("app", one)), one);
      Status other = put(header("lies", attempt, artifact("app", two)), two);
      Status strange = put(header("stranger", attempt, artifact("b", one)), one);
      Status headless = put(PutArtifactRequest.getDefaultInstance());

      assertThat(lie.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(lie.getDescription()).contains("nothing of it is kept");
      assertThat(kept).isEqualTo(Status.OK);
      assertThat(other.getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
      assertThat(strange.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(headless.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(agent.isOpen()).isTrue();
    }
  }

  @Test
  void whoIsNoServiceReadsNothingOfAnyAttempt() throws InterruptedException {
    TaskRef attempt = ref(fence);
    byte[] content = {1, 2, 3};
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = holder("guards", attempt)) {
      put(header("guards", attempt, artifact("app", content)), content);
      ListArtifactsRequest list =
          ListArtifactsRequest.newBuilder().setTask(TestLogStream.ref(attempt)).build();
      ReadArtifactRequest read =
          ReadArtifactRequest.newBuilder()
              .setTask(TestLogStream.ref(attempt))
              .setName("app")
              .build();
      ReadLogRequest log = ReadLogRequest.newBuilder().setTask(TestLogStream.ref(attempt)).build();
      var nobody = AttemptRecordServiceGrpc.newBlockingStub(channel);
      var liar = records(channel, "Bearer a-secret-of-the-Tests");

      for (var stranger : List.of(nobody, liar)) {
        assertThat(
                List.of(
                    refusal(() -> stranger.listArtifacts(list)).getCode(),
                    refusal(() -> stranger.readArtifact(read).hasNext()).getCode(),
                    refusal(() -> stranger.readLog(log).hasNext()).getCode(),
                    refusal(() -> stranger.linkArtifact(LinkArtifactRequest.getDefaultInstance()))
                        .getCode()))
            .containsOnly(Status.Code.UNAUTHENTICATED);
      }
      assertThat(refusal(() -> liar.listArtifacts(list)).getDescription())
          .isEqualTo("expected the services' secret, was another");
      assertThat(records(channel).listArtifacts(list).getArtifactsCount()).isEqualTo(1);
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void aFolderHasNoLinksAndSaysSo() throws InterruptedException {
    TaskRef attempt = ref(fence);
    byte[] content = {1, 2, 3};
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = holder("links", attempt)) {
      MadeArtifact artifact = artifact("app", content);
      put(header("links", attempt, artifact), content);
      var records = records(channel);
      LinkArtifactRequest.Builder wish =
          LinkArtifactRequest.newBuilder().setTask(TestLogStream.ref(attempt)).setName("app");

      Status folder = refusal(() -> records.linkArtifact(wish.build()));
      Status tooLong =
          refusal(() ->
              records.linkArtifact(
                  wish.setLifetime(Duration.newBuilder().setSeconds(1L << 40)).build()));
      Status upload =
          refusal(() ->
              BulkServiceGrpc.newBlockingStub(channel)
                  .linkUpload(
                      LinkUploadRequest.newBuilder()
                          .setHeader(header("links", attempt, artifact).getHeader())
                          .build()));

      assertThat(folder.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(folder.getDescription()).contains("were in a folder");
      assertThat(tooLong.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(upload.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  private static Status refusal(ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  @Test
  void aHolderReadsWhatATaskOfItsRunHasLeft() throws InterruptedException {
    TaskRef attempt = ref(fence);
    byte[] content = {1, 2, 3};
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port()).usePlaintext().build();
    try (TestAgent agent = holder("reads", attempt)) {
      put(header("reads", attempt, artifact("input-" + fence, content)), content);
      GetArtifactRequest request =
          GetArtifactRequest.newBuilder()
              .setSessionId("reads")
              .setTask(TestLogStream.ref(attempt))
              .setFromTask("build")
              .setName("input-" + fence)
              .build();
      var stub = BulkServiceGrpc.newBlockingStub(channel);

      List<GetArtifactResponse> parts = new ArrayList<>();
      stub.getArtifact(request).forEachRemaining(parts::add);

      assertThat(parts.getFirst().getArtifact().getBytes()).isEqualTo(3);
      assertThat(parts.getLast().getData().toByteArray()).isEqualTo(content);
      assertThat(
              catchThrowableOfType(
                      StatusRuntimeException.class,
                      () ->
                          stub.getArtifact(request.toBuilder().setSessionId("no-one").build())
                              .hasNext())
                  .getStatus()
                  .getCode())
          .isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(agent.isOpen()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }
}
