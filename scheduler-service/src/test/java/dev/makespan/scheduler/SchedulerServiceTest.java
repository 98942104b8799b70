package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.RetryInfo;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.agent.v1.TaskRef;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskState;
import dev.makespan.proto.scheduler.v1.CancelRunRequest;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.ListRunsRequest;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import dev.makespan.proto.scheduler.v1.WatchRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class SchedulerServiceTest {

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
  void aGatewayRunsADiamondToItsEnd() throws Exception {
    FakeGateway gateway = gateway();
    gateway.open("s1", "agent-1", 2, "diamond");

    Run run = start("diamond-1", TestPlans.diamond("diamond"));
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Assign assign = gateway.assignment();
      order.add(assign.getTask().getTask());
      gateway.accept("s1", assign.getTask());
      gateway.report("s1", assign.getTask(), "r" + i);
      assertThat(gateway.ack().getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_COMMITTED);
    }

    List<RunEvent> events = watch(run.getId(), 0);
    assertThat(order.getFirst()).isEqualTo("a");
    assertThat(order.getLast()).isEqualTo("d");
    assertThat(events.stream().map(RunEvent::getPosition))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    Run done = run(run.getId());
    assertThat(done.getState()).isEqualTo(RunState.RUN_STATE_DONE);
    assertThat(done.getTasksList()).allMatch(task -> task.getState() == TaskState.TASK_STATE_DONE);
    gateway.leave();
  }

  @Test
  void theSameRequestTwiceIsOneRun() {
    Plan plan = TestPlans.diamond("twice");

    Run first = start("twice-1", plan);
    Run second = start("twice-1", plan);

    assertThat(second.getId()).isEqualTo(first.getId());
  }

  @Test
  void anotherBodyUnderTheSameRequestIdIsRefused() {
    start("other-1", TestPlans.diamond("other"));

    assertThatThrownBy(() -> start("other-1", TestPlans.diamond("another")))
        .satisfies(code(Status.Code.ALREADY_EXISTS));
  }

  @Test
  void aResultUnderAnOlderFenceIsSuperseded() throws Exception {
    FakeGateway gateway = gateway();
    gateway.open("s2", "agent-2", 1, "fence");
    Run run = start("fence-1", TestPlans.wide("fence", 1));
    TaskRef task = gateway.assignment().getTask();

    gateway.report("s2", task.toBuilder().setFence(task.getFence() - 1).build(), "old");

    assertThat(gateway.ack().getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_SUPERSEDED);
    assertThat(run(run.getId()).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    finish(run);
    gateway.leave();
  }

  /** Its stream may be dead at the first gateway without anybody's knowing. */
  @Test
  void aResultBesideTheStreamIsAckedByTheLinkThatBroughtIt() throws Exception {
    FakeGateway gateway = gateway();
    FakeGateway other = gateway();
    gateway.open("s3", "agent-3", 1, "beside");
    Run run = start("beside-1", TestPlans.wide("beside", 1));
    TaskRef task = gateway.assignment().getTask();
    gateway.accept("s3", task);

    other.report("s3", task, "r");

    assertThat(other.ack().getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_COMMITTED);
    assertThat(watch(run.getId(), 0)).isNotEmpty();
    gateway.leave();
    other.leave();
  }

  @Test
  void aResultOfASessionThatWasNotGivenTheTaskIsSuperseded() throws Exception {
    FakeGateway gateway = gateway();
    gateway.open("s4", "agent-4", 1, "forged");
    Run run = start("forged-1", TestPlans.wide("forged", 1));
    TaskRef task = gateway.assignment().getTask();
    gateway.accept("s4", task);

    gateway.report("elsewhere", task, "r");

    assertThat(gateway.ack().getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_SUPERSEDED);
    assertThat(run(run.getId()).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    finish(run);
    gateway.leave();
  }

  @Test
  void aCancelledRunEnds() {
    Run run = start("cancel-1", TestPlans.diamond("cancel"));

    Run cancelled = finish(run);
    List<RunEvent> events = watch(run.getId(), 1);

    assertThat(cancelled.getState())
        .isIn(RunState.RUN_STATE_CANCELLING, RunState.RUN_STATE_CANCELLED);
    assertThat(events.getFirst().getPosition()).isEqualTo(2);
    assertThat(events.getLast().hasRunFinished()).isTrue();
    assertThatThrownBy(() -> finish(run)).satisfies(code(Status.Code.FAILED_PRECONDITION));
  }

  @Test
  void runsAreListedInPagesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      start("list-" + i, TestPlans.diamond("listed"));
    }

    ListRunsRequest.Builder request =
        ListRunsRequest.newBuilder().setPlanName("listed").setPageSize(2);
    List<Long> ids = new ArrayList<>();
    int pages = 0;
    do {
      var page = scheduler.listRuns(request.build());
      page.getRunsList().forEach(run -> ids.add(run.getId()));
      request.setPageToken(page.getNextPageToken());
      pages++;
    } while (!request.getPageToken().isEmpty());

    assertThat(pages).isEqualTo(3);
    assertThat(ids).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void badRequestsAreRefusedWithTheirFields() {
    assertThatThrownBy(() -> scheduler.startRun(StartRunRequest.getDefaultInstance()))
        .satisfies(code(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("request_id");
    assertThatThrownBy(
            () -> scheduler.listRuns(ListRunsRequest.newBuilder().setPageToken("x").build()))
        .satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(() -> run(0)).satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(() -> run(999_999)).satisfies(code(Status.Code.NOT_FOUND));
    assertThatThrownBy(() -> watch(999_999, 0)).satisfies(code(Status.Code.NOT_FOUND));
  }

  @Test
  void runsPastTheIntakeLimitAreToldWhenToComeBack() {
    Plan plan = TestPlans.limited("limited", 1);
    start("limited-1", plan);

    assertThatThrownBy(() -> start("limited-2", plan))
        .satisfies(code(Status.Code.RESOURCE_EXHAUSTED))
        .satisfies(failure ->
            assertThat(StatusProto.fromThrowable(failure).getDetailsList())
                .anyMatch(detail -> detail.is(RetryInfo.class)));
  }

  @Test
  void itIsReadyOnceItOwnsItsShard() throws Exception {
    HttpRequest ready =
        HttpRequest.newBuilder(here.resolve("/q/health/ready"))
            .timeout(Duration.ofSeconds(20))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(ready, HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("owning");
    }
  }

  @Test
  void aGatewayOfAnotherProtocolIsRefused() throws Exception {
    FakeGateway gateway = new FakeGateway(channel, 99);

    assertThat(Status.fromThrowable(gateway.end()).getCode())
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  private static org.assertj.core.api.ThrowingConsumer<Throwable> code(Status.Code code) {
    return failure -> assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code);
  }

  private FakeGateway gateway() throws InterruptedException {
    FakeGateway gateway = new FakeGateway(channel);
    assertThat(gateway.generation()).isPositive();
    return gateway;
  }

  private Run start(String requestId, Plan plan) {
    return scheduler
        .startRun(
            StartRunRequest.newBuilder()
                .setRequestId(requestId)
                .setPlan(PlanProto.toProto(plan))
                .setPlanVersion(1)
                .setSimulate(true)
                .setSpeed(60)
                .build())
        .getRun();
  }

  private Run finish(Run run) {
    return scheduler
        .cancelRun(CancelRunRequest.newBuilder().setRunId(run.getId()).setReason("enough").build())
        .getRun();
  }

  private Run run(long id) {
    return scheduler.getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun();
  }

  private List<RunEvent> watch(long id, long after) {
    List<RunEvent> events = new ArrayList<>();
    scheduler
        .watchRun(WatchRunRequest.newBuilder().setRunId(id).setAfterPosition(after).build())
        .forEachRemaining(response -> events.add(response.getEvent()));
    return events;
  }

  private boolean shardAnswers() {
    try {
      run(Long.MAX_VALUE);
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
  }
}
