package dev.makespan.bench.dispatch;

import com.google.protobuf.ByteString;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.UploadChunk;
import dev.makespan.proto.plan.v1.UploadHeader;
import dev.makespan.proto.plan.v1.UploadPlanRequest;
import dev.makespan.proto.plan.v1.UploadPlanResponse;
import dev.makespan.proto.run.v1.CancelRunRequest;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.StartRunRequest;
import dev.makespan.proto.run.v1.WatchRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A client of the planner. */
final class PlannerDoor implements AutoCloseable {

  /** What the planner takes from the scheduler, and so hands on. */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  private static final int CHUNK_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(50);

  private final ManagedChannel channel;

  PlannerDoor(int port) {
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
  }

  /** Uploads a plan in parts, as large ones have to be; why it is refused, empty: it is not. */
  Optional<String> upload(LoadPlan plan) {
    CompletableFuture<UploadPlanResponse> stored = new CompletableFuture<>();
    PlanServiceGrpc.newStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .uploadPlan(new Upload(plan, stored));
    try {
      stored.join();
      return Optional.empty();
    } catch (CompletionException e) {
      return Optional.of(Status.fromThrowable(e.getCause()).toString());
    }
  }

  /** Sends a part whenever the stream has room for it. */
  private static final class Upload
      implements ClientResponseObserver<UploadPlanRequest, UploadPlanResponse> {

    private final LoadPlan plan;
    private final CompletableFuture<UploadPlanResponse> stored;
    private int offset = -1;

    Upload(LoadPlan plan, CompletableFuture<UploadPlanResponse> stored) {
      this.plan = plan;
      this.stored = stored;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<UploadPlanRequest> call) {
      call.setOnReadyHandler(() -> send(call));
    }

    private void send(ClientCallStreamObserver<UploadPlanRequest> call) {
      ByteString content = plan.content();
      while (call.isReady() && offset < content.size()) {
        if (offset < 0) {
          call.onNext(UploadPlanRequest.newBuilder().setHeader(header()).build());
          offset = 0;
          continue;
        }
        int size = Math.min(CHUNK_BYTES, content.size() - offset);
        ByteString data = content.substring(offset, offset + size);
        call.onNext(
            UploadPlanRequest.newBuilder()
                .setChunk(UploadChunk.newBuilder().setOffset(offset).setData(data))
                .build());
        offset += size;
        if (offset == content.size()) {
          call.onCompleted();
        }
      }
    }

    private UploadHeader header() {
      return UploadHeader.newBuilder()
          .setFileName(plan.name() + ".yaml")
          .setAcceptWarnings(true)
          .setSize(plan.content().size())
          .build();
    }

    @Override
    public void onNext(UploadPlanResponse response) {
      stored.complete(response);
    }

    @Override
    public void onError(Throwable cause) {
      stored.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
      stored.completeExceptionally(new IllegalStateException("no answer"));
    }
  }

  /** Starts a run without waiting for the answer, which is its number. */
  CompletableFuture<Long> start(String plan, String requestId) {
    CompletableFuture<Long> started = new CompletableFuture<>();
    RunServiceGrpc.newStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .startRun(
            StartRunRequest.newBuilder().setPlanName(plan).setRequestId(requestId).build(),
            new Answer<>(response -> started.complete(response.getRun().getId()), started));
    return started;
  }

  /** A run that has just ended by itself may do so. */
  void cancel(long run) {
    CompletableFuture<Run> cancelled = new CompletableFuture<>();
    RunServiceGrpc.newStub(channel)
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .cancelRun(
            CancelRunRequest.newBuilder().setRunId(run).setReason("the time is up").build(),
            new Answer<>(response -> cancelled.complete(response.getRun()), cancelled));
    try {
      cancelled.join();
    } catch (CompletionException e) {
      if (Status.fromThrowable(e.getCause()).getCode() != Status.Code.FAILED_PRECONDITION) {
        throw e;
      }
    }
  }

  /** The newest run of a plan, without its tasks, when it has ended. */
  Run awaitEnd(String plan) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Run run =
          RunServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .listRuns(ListRunsRequest.newBuilder().setPlanName(plan).setPageSize(1).build())
              .getRuns(0);
      if (run.hasFinishTime()) {
        return run;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new IllegalStateException("the run of %s does not end".formatted(plan));
  }

  /** Every event of a finished run, in order. */
  void events(long run, Consumer<RunEvent> each) {
    try {
      RunServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .watchRun(WatchRunRequest.newBuilder().setRunId(run).build())
          .forEachRemaining(response -> each.accept(response.getEvent()));
    } catch (StatusRuntimeException e) {
      throw new IllegalStateException("the events of run %d can't be read".formatted(run), e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** The one answer of a call. */
  private record Answer<T>(Consumer<T> taker, CompletableFuture<?> failed)
      implements StreamObserver<T> {

    @Override
    public void onNext(T answer) {
      taker.accept(answer);
    }

    @Override
    public void onError(Throwable cause) {
      failed.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {}
  }
}
