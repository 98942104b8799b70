package dev.makespan.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import com.google.protobuf.ByteString;
import dev.makespan.planner.testing.SchedulerResource;
import dev.makespan.planner.testing.SomePlans;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.plan.v1.DownloadPlanRequest;
import dev.makespan.proto.plan.v1.DownloadPlanResponse;
import dev.makespan.proto.plan.v1.GetPlanRequest;
import dev.makespan.proto.plan.v1.GetPlanResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.makespan.proto.plan.v1.UploadChunk;
import dev.makespan.proto.plan.v1.UploadHeader;
import dev.makespan.proto.plan.v1.UploadPlanRequest;
import dev.makespan.proto.plan.v1.UploadPlanResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(SchedulerResource.class)
@SuppressWarnings("NullAway.Init")
class PlanUploadTest {

  private static final int CHUNK = 1 << 20;

  private ManagedChannel channel;
  private PlanServiceBlockingStub plans;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress("localhost", RestAssured.port).usePlaintext().build();
    plans = PlanServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void aFileOfSixMegabytesIsUploadedAndDownloadedInParts() {
    byte[] file = large("uploaded");

    UploadPlanResponse uploaded = answer(upload(header(file).build(), file));
    List<DownloadPlanResponse> parts = new ArrayList<>();
    plans
        .downloadPlan(DownloadPlanRequest.newBuilder().setName("uploaded").build())
        .forEachRemaining(parts::add);

    assertThat(uploaded.getPlan().getTaskCount()).isEqualTo(1);
    assertThat(parts).hasSizeGreaterThan(5);
    assertThat(parts.getFirst().getPlan()).isEqualTo(uploaded.getPlan());
    ByteString whole =
        parts.stream()
            .map(DownloadPlanResponse::getData)
            .reduce(ByteString.EMPTY, ByteString::concat);
    assertThat(whole).isEqualTo(ByteString.copyFrom(file));
  }

  @Test
  void anUploadMayAmendAPlan() {
    byte[] file = SomePlans.bytes(SomePlans.small("upload-amend"));
    byte[] edited = SomePlans.bytes(SomePlans.small("upload-amend").replace("1h", "2h"));
    answer(upload(header(file).build(), file));
    UploadHeader amends = header(edited).setName("upload-amend").setExpectedVersion(1).build();

    UploadPlanResponse second = answer(upload(amends, edited));
    StatusRuntimeException third =
        refused(upload(amends.toBuilder().setExpectedVersion(7).build(), edited));

    assertThat(second.getPlan().getVersion()).isEqualTo(2);
    assertThat(third.getStatus().getCode()).isEqualTo(Code.ABORTED);
  }

  @Test
  void anUploadIsRefusedAtItsHeader() {
    UploadHeader tooLarge = UploadHeader.newBuilder().setSize(33L << 20).build();
    UploadHeader empty = UploadHeader.newBuilder().setSize(0).build();
    UploadHeader badHash = UploadHeader.newBuilder().setSize(1).setContentHash("md5").build();

    assertThat(refused(begin(header(tooLarge))).getStatus().getCode())
        .isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(refused(begin(header(empty))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused(begin(header(badHash))).getStatus().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void rubbishIsRefusedWhereItStands() {
    UploadPlanRequest header = header(UploadHeader.newBuilder().setSize(10).build());

    assertThat(message(begin(chunk(0, 5)))).contains("expected a header first");
    assertThat(message(begin(UploadPlanRequest.getDefaultInstance())))
        .contains("expected a header or a chunk");
    assertThat(message(begin(header, header))).contains("second header");
    assertThat(message(begin(header, chunk(1, 5)))).contains("chunk.offset: expected 0, was 1");
    assertThat(message(begin(header, chunk(0, 5), chunk(0, 5))))
        .contains("chunk.offset: expected 5, was 0");
    assertThat(message(begin(header, chunk(0, 11)))).contains("at most the 10 bytes left");
    assertThat(message(begin(header, chunk(0, 0)))).contains("expected 1 to 1048576 bytes");
  }

  @Test
  void anUploadThatIsNotWhatItsHeaderSaysStoresNothing() {
    byte[] file = SomePlans.bytes(SomePlans.small("upload-lies"));
    UploadHeader longer = header(file).setSize(file.length + 1).build();
    UploadHeader other = header(file).setContentHash("0".repeat(64)).build();

    assertThat(refused(upload(longer, file)).getStatus().getDescription())
        .contains("as announced, was " + file.length);
    assertThat(refused(upload(other, file)).getStatus().getDescription()).contains("as announced");

    StatusRuntimeException missing =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> plans.getPlan(GetPlanRequest.newBuilder().setName("upload-lies").build()));
    assertThat(missing.getStatus().getCode()).isEqualTo(Code.NOT_FOUND);
  }

  /** What they announce together is the limit; the one that leaves makes room for the next. */
  @Test
  void uploadsThatAreLeftGiveBackWhatTheyTook() {
    UploadPlanRequest largest = header(UploadHeader.newBuilder().setSize(32L << 20).build());
    for (int i = 0; i < 20; i++) {
      Answer answer = new Answer();
      StreamObserver<UploadPlanRequest> call = PlanServiceGrpc.newStub(channel).uploadPlan(answer);
      call.onNext(largest);
      call.onError(new IllegalStateException("left"));
    }
    byte[] file = SomePlans.bytes(SomePlans.small("upload-after"));

    UploadPlanResponse after = answer(upload(header(file).build(), file));

    assertThat(after.getPlan().getVersion()).isEqualTo(1);
  }

  @Test
  void threeHundredCallsForAPlanAtOnceAreAllAnswered() throws Exception {
    byte[] file = large("popular");
    answer(upload(header(file).build(), file));
    PlanServiceGrpc.PlanServiceFutureStub calls =
        PlanServiceGrpc.newFutureStub(channel).withMaxInboundMessageSize(16 << 20);

    List<ListenableFuture<GetPlanResponse>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(calls.getPlan(GetPlanRequest.newBuilder().setName("popular").build()));
      if (i % 20 == 19) {
        answers.forEach(answer -> assertThat(taskCount(answer)).isEqualTo(1));
        answers.clear();
      }
    }
  }

  private static int taskCount(ListenableFuture<GetPlanResponse> answer) {
    try {
      return answer.get(60, TimeUnit.SECONDS).getPlan().getTaskCount();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Larger than a message of gRPC's default: comments on lines of a kilobyte. */
  private static byte[] large(String name) {
    return SomePlans.bytes(SomePlans.small(name) + ("#" + "x".repeat(1_000) + "\n").repeat(6_000));
  }

  private static UploadHeader.Builder header(byte[] file) {
    return UploadHeader.newBuilder()
        .setFileName("plan.yaml")
        .setSize(file.length)
        .setContentHash(new PlanSource("", file).hash());
  }

  private static UploadPlanRequest header(UploadHeader header) {
    return UploadPlanRequest.newBuilder().setHeader(header).build();
  }

  private static UploadPlanRequest chunk(long offset, int bytes) {
    return UploadPlanRequest.newBuilder()
        .setChunk(
            UploadChunk.newBuilder()
                .setOffset(offset)
                .setData(ByteString.copyFrom(new byte[bytes])))
        .build();
  }

  private SettableFuture<UploadPlanResponse> upload(UploadHeader header, byte[] file) {
    Answer answer = new Answer();
    StreamObserver<UploadPlanRequest> call = PlanServiceGrpc.newStub(channel).uploadPlan(answer);
    call.onNext(header(header));
    for (int offset = 0; offset < file.length; offset += CHUNK) {
      int bytes = Math.min(CHUNK, file.length - offset);
      call.onNext(
          UploadPlanRequest.newBuilder()
              .setChunk(
                  UploadChunk.newBuilder()
                      .setOffset(offset)
                      .setData(ByteString.copyFrom(file, offset, bytes)))
              .build());
    }
    call.onCompleted();
    return answer.future();
  }

  /** The caller does not close its side. */
  private SettableFuture<UploadPlanResponse> begin(UploadPlanRequest... requests) {
    Answer answer = new Answer();
    StreamObserver<UploadPlanRequest> call = PlanServiceGrpc.newStub(channel).uploadPlan(answer);
    for (UploadPlanRequest request : requests) {
      call.onNext(request);
    }
    return answer.future();
  }

  private static String message(SettableFuture<UploadPlanResponse> future) {
    StatusRuntimeException refused = refused(future);
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    return String.valueOf(refused.getStatus().getDescription());
  }

  private static UploadPlanResponse answer(SettableFuture<UploadPlanResponse> future) {
    try {
      return Objects.requireNonNull(future.get(60, TimeUnit.SECONDS));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static StatusRuntimeException refused(SettableFuture<UploadPlanResponse> future) {
    ExecutionException failed =
        catchThrowableOfType(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
    return (StatusRuntimeException) Objects.requireNonNull(failed.getCause());
  }

  private record Answer(SettableFuture<UploadPlanResponse> future)
      implements StreamObserver<UploadPlanResponse> {

    Answer() {
      this(SettableFuture.create());
    }

    @Override
    public void onNext(UploadPlanResponse response) {
      future.set(response);
    }

    @Override
    public void onError(Throwable failure) {
      future.setException(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
