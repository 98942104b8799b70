package dev.makespan.planner.grpc;

import dev.makespan.planner.Answer;
import dev.makespan.planner.PlanSource;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Upload;
import dev.makespan.planner.wire.Statuses;
import dev.makespan.proto.plan.v1.UploadChunk;
import dev.makespan.proto.plan.v1.UploadHeader;
import dev.makespan.proto.plan.v1.UploadPlanRequest;
import dev.makespan.proto.plan.v1.UploadPlanResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One upload of a plan: a header, then chunks, asked for one by one. Whatever ends it early, what
 * was taken is given back.
 */
final class UploadCall implements StreamObserver<UploadPlanRequest> {

  /** Stores the whole file and answers the client, then calls {@code done}; returns at once. */
  @FunctionalInterface
  interface Keep {
    void accept(UploadHeader header, PlanSource source, Runnable done);
  }

  /** A client that sends nothing for so long is gone. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerCallStreamObserver<UploadPlanResponse> client;
  private final Function<UploadHeader, Answer<Upload>> begin;
  private final Keep keep;
  private final ScheduledExecutorService timer;

  /** Guarded by this, like all that follow. */
  private @Nullable UploadHeader header;

  private @Nullable Upload upload;
  private @Nullable Future<?> silence;
  private boolean over;

  UploadCall(
      ServerCallStreamObserver<UploadPlanResponse> client,
      Function<UploadHeader, Answer<Upload>> begin,
      Keep keep,
      ScheduledExecutorService timer) {
    this.client = client;
    this.begin = begin;
    this.keep = keep;
    this.timer = timer;
    client.disableAutoRequest();
    client.setOnCancelHandler(this::drop);
    next();
  }

  @Override
  public synchronized void onNext(UploadPlanRequest request) {
    if (over) {
      return;
    }
    switch (request.getPartCase()) {
      case HEADER -> take(request.getHeader());
      case CHUNK -> take(request.getChunk());
      case PART_NOT_SET -> refuse(Status.INVALID_ARGUMENT, "expected a header or a chunk");
    }
    if (!over) {
      next();
    }
  }

  @Override
  public void onError(Throwable failure) {
    drop();
  }

  @Override
  public synchronized void onCompleted() {
    if (over) {
      return;
    }
    UploadHeader told = header;
    Upload whole = upload;
    if (told == null || whole == null) {
      refuse(Status.INVALID_ARGUMENT, "expected a header, was the end");
      return;
    }
    switch (whole.finish()) {
      case Answer.Refused<PlanSource>(Refusal refusal) -> refuse(refusal);
      case Answer.Given<PlanSource>(PlanSource source) -> {
        over = true;
        hush();
        keep.accept(told, source, whole::close);
      }
    }
  }

  private synchronized void drop() {
    over = true;
    hush();
    if (upload != null) {
      upload.close();
    }
  }

  private void take(UploadHeader told) {
    if (header != null) {
      refuse(Status.INVALID_ARGUMENT, "expected a chunk, was a second header");
      return;
    }
    header = told;
    switch (begin.apply(told)) {
      case Answer.Refused<Upload>(Refusal refusal) -> refuse(refusal);
      case Answer.Given<Upload>(Upload begun) -> upload = begun;
    }
  }

  private void take(UploadChunk chunk) {
    if (upload == null) {
      refuse(Status.INVALID_ARGUMENT, "expected a header first, was a chunk");
      return;
    }
    upload.take(chunk.getOffset(), chunk.getData().toByteArray()).ifPresent(this::refuse);
  }

  private synchronized void next() {
    hush();
    silence = timer.schedule(this::tooSlow, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    client.request(1);
  }

  private synchronized void tooSlow() {
    if (!over) {
      refuse(
          Status.DEADLINE_EXCEEDED,
          "expected the next part within " + PATIENCE.toSeconds() + " s, was nothing");
    }
  }

  private void refuse(Refusal refusal) {
    drop();
    client.onError(Statuses.of(refusal));
  }

  private void refuse(Status status, String message) {
    drop();
    client.onError(Statuses.of(status.getCode(), "BAD_UPLOAD", message));
  }

  private void hush() {
    if (silence != null) {
      silence.cancel(false);
    }
  }
}
