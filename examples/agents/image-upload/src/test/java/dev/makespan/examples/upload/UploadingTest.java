package dev.makespan.examples.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import dev.makespan.proto.plan.v1.CreatePlanRequest;
import dev.makespan.proto.plan.v1.CreatePlanResponse;
import dev.makespan.proto.plan.v1.PlanServiceGrpc;
import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.GetRunResponse;
import dev.makespan.proto.run.v1.ListRunsRequest;
import dev.makespan.proto.run.v1.ListRunsResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.StartRunRequest;
import dev.makespan.proto.run.v1.StartRunResponse;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadingTest {

  private static final int UPLOADS = 20;
  private static final long DELAY_MILLIS = 50;

  @TempDir Path temp;

  private UploadReport uploaded(FullPlanner planner) throws Exception {
    String name = "planner-" + UploadingTest.class.hashCode() + "-" + planner.hashCode();
    Server server =
        InProcessServerBuilder.forName(name)
            .addService(planner)
            .addService(new Plans())
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    try {
      return new Uploading(new Planner(channel))
          .upload(
              Files.writeString(temp.resolve("plan.yaml"), "a plan"),
              uploads(),
              java.time.Duration.ofSeconds(1));
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  private List<Upload> uploads() throws IOException {
    List<Upload> uploads = new ArrayList<>();
    for (int n = 0; n < UPLOADS; n++) {
      uploads.add(new Upload(temp.resolve("p" + n), "00"));
    }
    return uploads;
  }

  @Test
  void whoIsToldToComeBackDoesWhenItIsTimeAndNobodyIsLost() throws Exception {
    FullPlanner planner = new FullPlanner(5, Set.of());

    UploadReport report = uploaded(planner);

    assertThat(report.done()).isEqualTo(UPLOADS);
    assertThat(report.lost()).isZero();
    assertThat(report.held()).isEqualTo(UPLOADS - 5);
    assertThat(report.refused()).isGreaterThanOrEqualTo(UPLOADS - 5);
    assertThat(planner.shortestReturnMillis()).isGreaterThanOrEqualTo(DELAY_MILLIS);
  }

  @Test
  void anUploadThatFailedIsToldWithItsTaskAndMessage() throws Exception {
    UploadReport report = uploaded(new FullPlanner(UPLOADS, Set.of("p3")));

    assertThat(report.done()).isEqualTo(UPLOADS - 1);
    assertThat(report.text()).contains("failed in medium after 0 attempts: it is broken");
  }

  @Test
  void aRunThatNobodyKnowsIsLost() throws Exception {
    UploadReport report = uploaded(new FullPlanner(UPLOADS, Set.of("forgotten")));

    assertThat(report.lost()).isEqualTo(1);
    assertThat(report.text()).contains("20 uploads: 19 done, 0 failed, 1 lost");
  }

  /** Plans are stored whatever they say. */
  private static final class Plans extends PlanServiceGrpc.PlanServiceImplBase {
    @Override
    public void createPlan(CreatePlanRequest request, StreamObserver<CreatePlanResponse> caller) {
      StoredPlan plan = StoredPlan.newBuilder().setName("pictures").setVersion(1).build();
      caller.onNext(CreatePlanResponse.newBuilder().setPlan(plan).build());
      caller.onCompleted();
    }
  }

  /**
   * Takes some starts at once, and each other when it is asked again. All runs have ended at once;
   * with a name of {@code bad} badly, and of "forgotten" one is never heard of again.
   */
  private static final class FullPlanner extends RunServiceGrpc.RunServiceImplBase {
    private final int intake;
    private final Set<String> bad;
    private final Map<String, Long> refusedAt = new HashMap<>();
    private final List<Long> returns = new ArrayList<>();
    private final Map<Long, Run> runs = new ConcurrentHashMap<>();

    FullPlanner(int intake, Set<String> bad) {
      this.intake = intake;
      this.bad = bad;
    }

    synchronized long shortestReturnMillis() {
      return returns.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    @Override
    public synchronized void startRun(
        StartRunRequest request, StreamObserver<StartRunResponse> caller) {
      Long before = refusedAt.get(request.getRequestId());
      if (before != null) {
        returns.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
      } else if (runs.size() >= intake) {
        refusedAt.put(request.getRequestId(), System.nanoTime());
        caller.onError(full());
        return;
      }
      Run run = run(runs.size() + 1, request.getParametersOrThrow("source"));
      runs.put(run.getId(), run);
      caller.onNext(StartRunResponse.newBuilder().setRun(run).build());
      caller.onCompleted();
    }

    private Run run(long id, String source) {
      boolean fails = bad.stream().anyMatch(source::endsWith);
      Run.Builder run =
          Run.newBuilder()
              .setId(id)
              .setState(fails ? RunState.RUN_STATE_FAILED : RunState.RUN_STATE_DONE);
      if (fails) {
        run.addTasks(
            TaskRun.newBuilder()
                .setTask("medium")
                .setState(TaskState.TASK_STATE_FAILED)
                .setReason("it is broken"));
      }
      return run.build();
    }

    private static StatusRuntimeException full() {
      long nanos = TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);
      return StatusProto.toStatusRuntimeException(
          com.google.rpc.Status.newBuilder()
              .setCode(Status.Code.RESOURCE_EXHAUSTED.value())
              .addDetails(
                  Any.pack(
                      RetryInfo.newBuilder()
                          .setRetryDelay(Duration.newBuilder().setNanos((int) nanos))
                          .build()))
              .build());
    }

    @Override
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> caller) {
      ListRunsResponse.Builder answer = ListRunsResponse.newBuilder();
      for (Run run : runs.values()) {
        if (!bad.contains("forgotten") || run.getId() != 1) {
          answer.addRuns(run.toBuilder().clearTasks());
        }
      }
      caller.onNext(answer.build());
      caller.onCompleted();
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
      caller.onNext(
          GetRunResponse.newBuilder()
              .setRun(runs.getOrDefault(request.getRunId(), Run.getDefaultInstance()))
              .build());
      caller.onCompleted();
    }
  }
}
