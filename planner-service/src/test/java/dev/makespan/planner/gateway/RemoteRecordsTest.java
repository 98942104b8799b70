package dev.makespan.planner.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.service.ServiceSecret;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ArtifactFact;
import dev.makespan.planner.LogPiece;
import dev.makespan.planner.RecordClient;
import dev.makespan.planner.Refusal;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.gateway.v1.AttemptRecordServiceGrpc;
import dev.makespan.proto.gateway.v1.ListArtifactsRequest;
import dev.makespan.proto.gateway.v1.ListArtifactsResponse;
import dev.makespan.proto.gateway.v1.ReadArtifactRequest;
import dev.makespan.proto.gateway.v1.ReadArtifactResponse;
import dev.makespan.proto.gateway.v1.ReadLogRequest;
import dev.makespan.proto.gateway.v1.ReadLogResponse;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that answer, break off, lie still and are away. */
class RemoteRecordsTest {

  private static final TaskRef ATTEMPT = new TaskRef(new RunId(1), new TaskId("compile"), 7);

  private static final String SECRET = "a-secret-of-the-tests";

  private final Gateway first = new Gateway();
  private final Gateway second = new Gateway();
  private final Heard heard = new Heard();

  @BeforeEach
  void start() throws IOException {
    first.start();
    second.start();
  }

  @AfterEach
  void stop() {
    first.server.shutdownNow();
    second.server.shutdownNow();
  }

  private static RemoteRecords records(Gateway... gateways) {
    return new RemoteRecords(
        Arrays.stream(gateways)
            .<ManagedChannel>map(
                one -> NettyChannelBuilder.forAddress("localhost", one.port).usePlaintext().build())
            .toList(),
        ServiceSecret.of(Optional.of(SECRET), Optional.empty()));
  }

  private static <T> Refusal refusal(Answer<T> answer) {
    if (answer instanceof Answer.Refused<T>(Refusal refusal)) {
      return refusal;
    }
    throw new AssertionError("expected a refusal, was " + answer);
  }

  @Test
  void aGatewayThatIsAwayIsPassedOverForTheNext() throws InterruptedException {
    first.server.shutdownNow().awaitTermination();
    try (RemoteRecords records = records(first, second)) {
      Answer<Long> end = records.log(ATTEMPT, 3, 0, heard);

      assertThat(end).isEqualTo(Answer.of(3L));
      assertThat(heard.text).hasToString("one two three ");
      assertThat(heard.attempts).containsOnly(3);
      assertThat(records.artifacts(ATTEMPT, 3))
          .isEqualTo(Answer.of(List.of(new ArtifactFact(3, "app", "abc", 6))));
    }
  }

  @Test
  void aStoreThatIsAwayAtOneGatewayIsAskedForAtTheNext() throws InterruptedException {
    first.breaksAt = 0;
    try (RemoteRecords records = records(first, second)) {
      assertThat(records.log(ATTEMPT, 1, 1, heard)).isEqualTo(Answer.of(3L));
      assertThat(heard.text).hasToString("two three ");
    }
  }

  @Test
  void whatBreaksOffInTheMiddleIsToldAndNotBegunAnewElsewhere() throws InterruptedException {
    first.breaksAt = 2;
    try (RemoteRecords records = records(first, second)) {
      Refusal log = refusal(records.log(ATTEMPT, 1, 0, heard));
      Refusal artifact = refusal(records.artifact(ATTEMPT, 1, "app", heard));

      assertThat(log.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
      assertThat(log.message()).contains("the disk is gone");
      assertThat(artifact.reason()).isEqualTo("GATEWAY_UNREACHABLE");
      assertThat(heard.text).hasToString("one two app: one two ");
      assertThat(second.calls.get()).isZero();
    }
  }

  @Test
  void nobodyAtAllIsSaidAsSuch() throws InterruptedException {
    first.server.shutdownNow().awaitTermination();
    try (RemoteRecords records = records(first)) {
      assertThat(refusal(records.artifacts(ATTEMPT, 1)).message())
          .startsWith("no gateway says what attempts have left behind");
    }
  }

  @Test
  void eachCallBearsTheSecretAndAGatewayThatWantsAnotherIsSaid() throws InterruptedException {
    try (RemoteRecords records = records(first)) {
      records.artifacts(ATTEMPT, 1);
      records.log(ATTEMPT, 1, 0, heard);
      assertThat(first.introductions).containsExactly("Bearer " + SECRET, "Bearer " + SECRET);

      first.closed = true;
      Refusal refusal = refusal(records.artifacts(ATTEMPT, 1));

      assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNAVAILABLE);
      assertThat(refusal.message()).contains("another secret").doesNotContain(SECRET);
    }
  }

  @Test
  void anArtifactThatIsNotThereIsNotFound() throws InterruptedException {
    try (RemoteRecords records = records(first, second)) {
      Refusal refusal = refusal(records.artifact(ATTEMPT, 1, "other", heard));

      assertThat(refusal.kind()).isEqualTo(Refusal.Kind.NOT_FOUND);
      assertThat(refusal.message()).isEqualTo("there is no other");
      assertThat(second.calls.get()).isZero();
    }
  }

  @Test
  void aCallThatIsNotReadToItsEndIsEnded() throws InterruptedException {
    first.endless = true;
    heard.limit = 5;
    try (RemoteRecords records = records(first)) {
      Answer<Long> end = records.log(ATTEMPT, 1, 0, heard);

      assertThat(end).isEqualTo(Answer.of(5L));
      assertThat(first.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Puts together what it is told; full after {@link #limit} pieces. */
  private static final class Heard
      implements RecordClient.Taker<LogPiece>, RecordClient.ContentTaker {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> attempts = new ArrayList<>();
    private int limit = 100;

    @Override
    public boolean take(LogPiece piece) {
      attempts.add(piece.attempt());
      return take(piece.data());
    }

    @Override
    public boolean begin(ArtifactFact artifact) {
      text.append(artifact.name()).append(": ");
      return true;
    }

    @Override
    public boolean take(ByteBuffer part) {
      text.append(StandardCharsets.UTF_8.decode(part));
      return --limit > 0;
    }
  }

  /** Has one log and one artifact of three pieces. */
  private static final class Gateway extends AttemptRecordServiceGrpc.AttemptRecordServiceImplBase
      implements ServerInterceptor {
    private static final List<String> PIECES = List.of("one ", "two ", "three ");

    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(ServerInterceptors.intercept((BindableService) this, this))
            .build();
    private final List<String> introductions = new CopyOnWriteArrayList<>();
    private volatile boolean closed;
    private volatile int breaksAt = Integer.MAX_VALUE;
    private volatile boolean endless;
    private int port;

    void start() throws IOException {
      port = server.start().getPort();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      introductions.add(
          String.valueOf(
              headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER))));
      if (closed) {
        call.close(
            Status.UNAUTHENTICATED.withDescription("expected another secret"), new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }

    private static RuntimeException broken() {
      return Status.UNAVAILABLE.withDescription("the disk is gone").asRuntimeException();
    }

    private static ReadLogResponse chunk(long sequence, String text) {
      return ReadLogResponse.newBuilder()
          .setSequence(sequence)
          .setData(ByteString.copyFromUtf8(text))
          .build();
    }

    @Override
    public void readLog(ReadLogRequest request, StreamObserver<ReadLogResponse> caller) {
      calls.incrementAndGet();
      if (endless) {
        talkOn((ServerCallStreamObserver<ReadLogResponse>) caller);
        return;
      }
      for (int i = (int) request.getAfterSequence(); i < PIECES.size(); i++) {
        if (i == breaksAt) {
          caller.onError(broken());
          return;
        }
        caller.onNext(chunk(i + 1L, PIECES.get(i)));
      }
      caller.onCompleted();
    }

    private void talkOn(ServerCallStreamObserver<ReadLogResponse> caller) {
      AtomicInteger sequence = new AtomicInteger();
      caller.setOnCancelHandler(cancelled::countDown);
      caller.setOnReadyHandler(() -> {
        while (caller.isReady()) {
          caller.onNext(chunk(sequence.incrementAndGet(), "x".repeat(1_000)));
        }
      });
    }

    @Override
    public void listArtifacts(
        ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> caller) {
      calls.incrementAndGet();
      caller.onNext(ListArtifactsResponse.newBuilder().addArtifacts(app()).build());
      caller.onCompleted();
    }

    private static MadeArtifact app() {
      return MadeArtifact.newBuilder().setName("app").setSha256("abc").setBytes(6).build();
    }

    @Override
    public void readArtifact(
        ReadArtifactRequest request, StreamObserver<ReadArtifactResponse> caller) {
      calls.incrementAndGet();
      if (!request.getName().equals("app")) {
        caller.onError(
            Status.NOT_FOUND
                .withDescription("there is no " + request.getName())
                .asRuntimeException());
        return;
      }
      caller.onNext(ReadArtifactResponse.newBuilder().setArtifact(app()).build());
      for (int i = 0; i < PIECES.size(); i++) {
        if (i == breaksAt) {
          caller.onError(broken());
          return;
        }
        caller.onNext(
            ReadArtifactResponse.newBuilder()
                .setData(ByteString.copyFromUtf8(PIECES.get(i)))
                .build());
      }
      caller.onCompleted();
    }
  }
}
