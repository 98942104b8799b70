package dev.makespan.planner.scheduler;

import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanParts;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceStub;
import dev.makespan.proto.scheduler.v1.StartLargeRunRequest;
import dev.makespan.proto.scheduler.v1.StartLargeRunResponse;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A start whose plan goes in parts: each is made when the stream has room for it, so that a plan is
 * never there as messages as a whole.
 */
final class LargeStart
    implements ClientResponseObserver<StartLargeRunRequest, StartLargeRunResponse> {

  /** What gRPC takes as one message unless it is told otherwise, less what stands beside a plan. */
  static final int MAX_MESSAGE_BYTES = (4 << 20) - (64 << 10);

  private static final int PART_BYTES = 256 << 10;

  private final StartRunRequest header;
  private final PlanParts parts;
  private final CompletableFuture<Run> started = new CompletableFuture<>();
  private boolean begun;
  private boolean over;

  private LargeStart(StartRunRequest header, Plan plan) {
    this.header = header;
    this.parts = new PlanParts(plan, PART_BYTES);
  }

  /** Blocks; fails as any blocking call does. */
  static Run call(SchedulerServiceStub stub, StartRunRequest header, Plan plan) {
    LargeStart call = new LargeStart(header, plan);
    stub.startLargeRun(call);
    try {
      return call.started.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StatusRuntimeException status ? status : e;
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StartLargeRunRequest> call) {
    call.setOnReadyHandler(() -> send(call));
  }

  private void send(ClientCallStreamObserver<StartLargeRunRequest> call) {
    while (call.isReady() && !over) {
      if (!begun) {
        begun = true;
        call.onNext(StartLargeRunRequest.newBuilder().setHeader(header).build());
      } else if (parts.hasNext()) {
        call.onNext(StartLargeRunRequest.newBuilder().setPlan(parts.next()).build());
      } else {
        over = true;
        call.onCompleted();
      }
    }
  }

  @Override
  public void onNext(StartLargeRunResponse response) {
    started.complete(response.getRun());
  }

  @Override
  public void onError(Throwable cause) {
    started.completeExceptionally(cause);
  }

  @Override
  public void onCompleted() {
    started.completeExceptionally(new IllegalStateException("the scheduler gave no answer"));
  }
}
