package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.RunView;
import dev.makespan.formats.plan.PlanParts;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.scheduler.v1.CancelRunRequest;
import dev.makespan.proto.scheduler.v1.CancelTaskRequest;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.GetRunResponse;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.StartLargeRunRequest;
import dev.makespan.proto.scheduler.v1.StartLargeRunResponse;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs whose plan comes in parts. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class LargeStartTest {

  private static final int LARGE = RunView.MAX_TASKS_OF_CHANGE + 1;

  @TestHTTPResource URI here;

  private ManagedChannel channel;
  private SchedulerServiceBlockingStub scheduler;

  @BeforeEach
  @SuppressWarnings("NullAway")
  void connect() {
    channel = NettyChannelBuilder.forAddress(here.getHost(), here.getPort()).usePlaintext().build();
    scheduler = SchedulerServiceGrpc.newBlockingStub(channel).withWaitForReady();
    Eventually.holds(this::shardAnswers);
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void aPlanInPartsIsThePlanThatRuns() {
    Plan plan = TestPlans.diamond("in-parts");

    Run run = started(parts("in-parts-1", plan, 1));

    GetRunResponse found = get(run.getId());
    assertThat(found.getPlan()).isEqualTo(PlanProto.toProto(plan));
    assertThat(found.getRun().getTasksCount()).isEqualTo(4);
    assertThat(run.getTasksList()).isEqualTo(found.getRun().getTasksList());
  }

  @Test
  void theSameRequestInOtherPartsIsTheSameRun() {
    Plan plan = TestPlans.diamond("other-parts");

    Run first = started(parts("other-parts-1", plan, 1));
    Run second = started(parts("other-parts-1", plan, 1_000_000));

    assertThat(second.getId()).isEqualTo(first.getId());
  }

  @Test
  void anotherPlanUnderTheSameRequestIdIsRefused() {
    started(parts("another-1", TestPlans.wide("another", 20), 100));

    assertThatThrownBy(() -> started(parts("another-1", TestPlans.wide("another", 21), 100)))
        .satisfies(code(Status.Code.ALREADY_EXISTS));
  }

  @Test
  void ofALargeRunAChangeIsAnsweredWithTheTasksThatItWasAbout() {
    Plan plan = TestPlans.wide("large", LARGE);

    Run run = started(parts("large-1", plan, 200_000));
    Run again = started(parts("large-1", plan, 200_000));
    Run changed =
        scheduler
            .cancelTask(
                CancelTaskRequest.newBuilder()
                    .setRunId(run.getId())
                    .setTask("t7")
                    .setReason("no")
                    .build())
            .getRun();
    Run over =
        scheduler
            .cancelRun(CancelRunRequest.newBuilder().setRunId(run.getId()).setReason("no").build())
            .getRun();

    assertThat(List.of(run, again, over)).allMatch(of -> of.getTasksCount() == 0);
    assertThat(again.getId()).isEqualTo(run.getId());
    assertThat(changed.getTasksList())
        .singleElement()
        .satisfies(task -> assertThat(task.getTask()).isEqualTo("t7"));
    assertThat(over.getState()).isEqualTo(RunState.RUN_STATE_CANCELLED);
  }

  @Test
  void partsThatAreNoStartAreRefused() {
    List<StartLargeRunRequest> good = parts("bad-1", TestPlans.diamond("bad"), 1);
    List<StartLargeRunRequest> withoutHeader = good.subList(1, good.size());
    List<StartLargeRunRequest> twice = new ArrayList<>(good);
    twice.add(good.get(1));

    for (List<StartLargeRunRequest> bad :
        List.of(good.subList(0, 1), withoutHeader, twice, List.<StartLargeRunRequest>of())) {
      assertThatThrownBy(() -> started(bad)).satisfies(code(Status.Code.INVALID_ARGUMENT));
    }
  }

  private static List<StartLargeRunRequest> parts(String requestId, Plan plan, int partBytes) {
    List<StartLargeRunRequest> requests = new ArrayList<>();
    requests.add(
        StartLargeRunRequest.newBuilder()
            .setHeader(StartRunRequest.newBuilder().setRequestId(requestId).setPlanVersion(1))
            .build());
    new PlanParts(plan, partBytes)
        .forEachRemaining(
            part -> requests.add(StartLargeRunRequest.newBuilder().setPlan(part).build()));
    return requests;
  }

  private Run started(List<StartLargeRunRequest> requests) {
    CompletableFuture<Run> answer = new CompletableFuture<>();
    StreamObserver<StartLargeRunRequest> call =
        SchedulerServiceGrpc.newStub(channel).startLargeRun(new Answer(answer));
    requests.forEach(call::onNext);
    call.onCompleted();
    try {
      return answer.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StatusRuntimeException status ? status : e;
    }
  }

  private record Answer(CompletableFuture<Run> answer)
      implements StreamObserver<StartLargeRunResponse> {

    @Override
    public void onNext(StartLargeRunResponse response) {
      answer.complete(response.getRun());
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new IllegalStateException("no answer"));
    }
  }

  private GetRunResponse get(long run) {
    return scheduler.getRun(GetRunRequest.newBuilder().setRunId(run).build());
  }

  private static ThrowingConsumer<Throwable> code(Status.Code code) {
    return failure -> assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code);
  }

  private boolean shardAnswers() {
    try {
      get(Long.MAX_VALUE);
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
  }
}
