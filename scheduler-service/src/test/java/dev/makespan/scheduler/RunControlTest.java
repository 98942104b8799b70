package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.BadRequest;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.plan.PlanReader;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.TaskRef;
import dev.makespan.proto.agent.v1.Usage;
import dev.makespan.proto.run.v1.BudgetChange;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.Reason;
import dev.makespan.proto.run.v1.ReasonKind;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskExplanation;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import dev.makespan.proto.scheduler.v1.AmendRunRequest;
import dev.makespan.proto.scheduler.v1.AnswerBlockerRequest;
import dev.makespan.proto.scheduler.v1.ApproveRequest;
import dev.makespan.proto.scheduler.v1.CancelTaskRequest;
import dev.makespan.proto.scheduler.v1.ExplainRequest;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.ListAgentsRequest;
import dev.makespan.proto.scheduler.v1.ListRunsRequest;
import dev.makespan.proto.scheduler.v1.PauseAgentsRequest;
import dev.makespan.proto.scheduler.v1.PauseRunRequest;
import dev.makespan.proto.scheduler.v1.ResumeAgentsRequest;
import dev.makespan.proto.scheduler.v1.ResumeRunRequest;
import dev.makespan.proto.scheduler.v1.RetryTaskRequest;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.SkipTaskRequest;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do with live runs, over the scheduler's real door. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RunControlTest {

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
  void aPausedRunStartsNothingUntilItIsResumed() throws Exception {
    Run run = start("pausing", "{id: a, duration: 1m}", "{id: b, duration: 1m}");

    Run paused = pause(run);
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("pausing", "pausing-1", 1, "pausing");

    assertThat(paused.getState()).isEqualTo(RunState.RUN_STATE_PAUSED);
    assertThat(paused.getReason()).isEqualTo("a look");
    assertThat(listed("pausing").getState()).isEqualTo(RunState.RUN_STATE_PAUSED);
    assertThat(reasons(run, "a"))
        .extracting(Reason::getKind)
        .containsExactly(ReasonKind.REASON_KIND_RUN_PAUSED);
    scheduler.resumeRun(ResumeRunRequest.newBuilder().setRunId(run.getId()).build());
    assertThat(gateway.assignment().getTask().getTask()).isIn("a", "b");
    gateway.leave();
  }

  @Test
  void aRunPausesAtItsLimitAndGoesOnWithAHigherOne() throws Exception {
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("limited", "limited-1", 1, "limited");
    Run run = start("limited", "{id: a, duration: 1m}", "{id: b, duration: 1m}");
    resume(run, 100);
    Assign first = gateway.assignment();
    gateway.accept("limited", first.getTask());

    gateway.say(
        "limited",
        ConnectRequest.newBuilder()
            .setProgress(
                Progress.newBuilder()
                    .setTask(first.getTask())
                    .setUsage(Usage.newBuilder().setInputTokens(90).setOutputTokens(30))));

    Eventually.holds(() -> listed("limited").getState() == RunState.RUN_STATE_PAUSED);
    Run paused = pause(run);
    assertThat(paused.getReason()).isEqualTo("budget: 120 of 100 tokens are used");
    assertThat(paused.getBudget().getTokens()).isEqualTo(120);
    assertThat(paused.getBudget().getLimit().getTokens()).isEqualTo(100);
    assertThat(reasons(run, first.getTask().getTask().equals("a") ? "b" : "a"))
        .extracting(Reason::getKind)
        .contains(ReasonKind.REASON_KIND_BUDGET);
    assertThatThrownBy(() -> resume(run, 110)).satisfies(code(Status.Code.FAILED_PRECONDITION));
    assertThatThrownBy(() -> resume(run, -1)).satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThat(resume(run, 500).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    gateway.report("limited", first.getTask(), "r1");
    assertThat(gateway.assignment().getTask().getTask()).isIn("a", "b");
    gateway.leave();
  }

  @Test
  void aPausedAgentIsToldAndGetsNothingUntilItIsResumed() throws Exception {
    scheduler.pauseAgents(
        PauseAgentsRequest.newBuilder()
            .setAgent("lazy-1")
            .setReason("new disk")
            .setBy("ann")
            .build());
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("lazy", "lazy-1", 1, "lazy");
    Run run = start("lazy", "{id: a, duration: 1m}");

    assertThat(gateway.nextSaid(ConnectResponse::hasPause).getPause().getReason())
        .isEqualTo("new disk");
    assertThat(reasons(run, "a"))
        .extracting(Reason::getPaused, Reason::getConnected)
        .containsExactly(org.assertj.core.api.Assertions.tuple(1, 1));
    assertThat(agent("lazy-1"))
        .extracting(
            FleetAgent::getGateway,
            FleetAgent::getConnected,
            FleetAgent::getSlots,
            FleetAgent::getFree,
            FleetAgent::getPausesCount)
        .containsExactly("fake", true, 1, 0, 1);
    assertThat(
            scheduler
                .resumeAgents(ResumeAgentsRequest.newBuilder().setAgent("lazy-1").build())
                .getPausesList())
        .isEmpty();
    gateway.nextSaid(ConnectResponse::hasResume);
    Assign assign = gateway.assignment();
    assertThat(agent("lazy-1").getAttempts(0).getTask()).isEqualTo("a");
    assertThat(assign.getTask().getTask()).isEqualTo("a");
    gateway.leave();
  }

  @Test
  void aPauseOfNobodyIsRefused() {
    assertThatThrownBy(() -> scheduler.pauseAgents(PauseAgentsRequest.getDefaultInstance()))
        .satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(
            () -> scheduler.resumeAgents(ResumeAgentsRequest.newBuilder().setRole("").build()))
        .satisfies(code(Status.Code.INVALID_ARGUMENT));
  }

  private Run resume(Run run, long tokens) {
    return scheduler
        .resumeRun(
            ResumeRunRequest.newBuilder()
                .setRunId(run.getId())
                .setBudget(BudgetChange.newBuilder().setTokens(tokens))
                .setBy("ann")
                .build())
        .getRun();
  }

  private FleetAgent agent(String id) {
    return scheduler.listAgents(ListAgentsRequest.getDefaultInstance()).getAgentsList().stream()
        .filter(agent -> agent.getAgent().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCancelledTaskSkipsWhatNeedsItUntilItIsRetried() {
    Run run =
        start(
            "single",
            "{id: a, duration: 1m}",
            "{id: b, duration: 1m, needs: [a]}",
            "{id: c, duration: 1m}");

    Run cancelled =
        scheduler
            .cancelTask(
                CancelTaskRequest.newBuilder()
                    .setRunId(run.getId())
                    .setTask("a")
                    .setReason("not this")
                    .build())
            .getRun();
    Run retried =
        scheduler
            .retryTask(RetryTaskRequest.newBuilder().setRunId(run.getId()).setTask("a").build())
            .getRun();

    assertThat(states(cancelled))
        .containsExactly(
            TaskState.TASK_STATE_CANCELLED,
            TaskState.TASK_STATE_SKIPPED,
            TaskState.TASK_STATE_READY);
    assertThat(states(retried))
        .containsExactly(
            TaskState.TASK_STATE_READY, TaskState.TASK_STATE_WAITING, TaskState.TASK_STATE_READY);
  }

  @Test
  void whatNeedsALeftOutTaskMayStart() {
    Run run = start("without", "{id: a, duration: 1m}", "{id: b, duration: 1m, needs: [a]}");

    Run skipped =
        scheduler
            .skipTask(SkipTaskRequest.newBuilder().setRunId(run.getId()).setTask("a").build())
            .getRun();

    assertThat(states(skipped))
        .containsExactly(TaskState.TASK_STATE_SKIPPED, TaskState.TASK_STATE_READY);
    assertThat(skipped.getTasks(0).getLeftOut()).isTrue();
  }

  @Test
  void aRealRunWaitsForItsApprovals() throws Exception {
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("approving", "approving-1", 1, "approving");
    Run run =
        start(
            "approving",
            "{id: a, duration: 1m, phase: one, gates: [{approval: lead}]}",
            "{id: b, duration: 1m, phase: two}");
    TaskRef task = gateway.assignment().getTask();
    gateway.accept("approving", task);
    gateway.report("approving", task, "r1");
    gateway.ack();
    assertThat(task(run, "a").getState()).isEqualTo(TaskState.TASK_STATE_VERIFYING);

    assertThatThrownBy(() -> approvePhase(run, "go"))
        .satisfies(code(Status.Code.FAILED_PRECONDITION))
        .hasMessageContaining("phase one has tasks that are not done: 1");
    scheduler.approve(
        ApproveRequest.newBuilder()
            .setRunId(run.getId())
            .setTask("a")
            .setName("lead")
            .setBy("ann")
            .build());
    assertThat(task(run, "a").getState()).isEqualTo(TaskState.TASK_STATE_DONE);
    assertThat(task(run, "b").getState()).isEqualTo(TaskState.TASK_STATE_WAITING);
    Run opened = approvePhase(run, "go");

    assertThat(opened.getCheckpoints(0).getBy()).isEqualTo("ann");
    assertThat(gateway.assignment().getTask().getTask()).isEqualTo("b");
    gateway.leave();
  }

  @Test
  void anAmendedRunGoesOnWithItsNewPlanAndRefusesToChangeWhatHasStarted() throws Exception {
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("amending", "amending-1", 1, "amending");
    Run run = start("amending", "{id: a, duration: 1m}", "{id: b, duration: 1m, needs: [a]}");
    Assign assign = gateway.assignment();
    gateway.accept("amending", assign.getTask());

    Run amended =
        amend(
            run,
            2,
            plan(
                "amending",
                "{id: new, duration: 1m}",
                "{id: a, duration: 1m}",
                "{id: b, duration: 2m, needs: [new]}"));

    assertThat(amended.getPlanVersion()).isEqualTo(2);
    assertThat(listed("amending").getPlanVersion()).isEqualTo(2);
    assertThat(amended.getTasksList())
        .extracting(TaskRun::getTask)
        .containsExactly("new", "a", "b");
    assertThatThrownBy(() -> amend(run, 3, plan("amending", "{id: a, duration: 9m}")))
        .satisfies(code(Status.Code.FAILED_PRECONDITION))
        .satisfies(failure ->
            assertThat(
                    StatusProto.fromThrowable(failure)
                        .getDetails(0)
                        .unpack(BadRequest.class)
                        .getFieldViolations(0)
                        .getDescription())
                .isEqualTo("task 'a' has started and can't be changed: duration"));
    gateway.report("amending", assign.getTask(), "r1");
    gateway.ack();
    assertThat(gateway.assignment().getTask().getTask()).isEqualTo("new");
    gateway.leave();
  }

  @Test
  void everyReasonIsSaidWithItsHolderAndItsAgents() throws Exception {
    FakeGateway gateway = new FakeGateway(channel);
    gateway.open("explaining", "explaining-1", 1, "explaining");
    Run run =
        start(
            "explaining",
            "{id: a, duration: 1m, writes: [x.rs]}",
            "{id: b, duration: 1m, writes: [x.rs]}",
            "{id: c, duration: 1m, needs: [a]}");
    gateway.accept("explaining", gateway.assignment().getTask());

    assertThat(reasons(run, "b"))
        .extracting(Reason::getKind)
        .containsExactly(ReasonKind.REASON_KIND_LOCK_HELD, ReasonKind.REASON_KIND_NO_AGENT);
    assertThat(reasons(run, "b").getFirst().getText())
        .startsWith("x.rs is locked by a on explaining-1 for");
    assertThat(reasons(run, "c")).extracting(Reason::getTask).containsExactly("a");
    gateway.leave();
  }

  @Test
  void badChangesAreRefusedWithTheirFields() {
    Run run = start("wrong", "{id: a, duration: 1m}");

    assertThatThrownBy(() ->
            scheduler.retryTask(
                RetryTaskRequest.newBuilder().setRunId(run.getId()).setTask("z").build()))
        .satisfies(code(Status.Code.NOT_FOUND));
    assertThatThrownBy(() ->
            scheduler.approve(
                ApproveRequest.newBuilder().setRunId(run.getId()).setTask("a").build()))
        .satisfies(code(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("name");
    assertThatThrownBy(() ->
            scheduler.answerBlocker(
                AnswerBlockerRequest.newBuilder()
                    .setRunId(run.getId())
                    .setTask("a")
                    .setText("this one")
                    .build()))
        .satisfies(code(Status.Code.FAILED_PRECONDITION))
        .hasMessageContaining("expected one open blocker, open is none");
    assertThatThrownBy(() -> pause(run.toBuilder().setId(999_999).build()))
        .satisfies(code(Status.Code.NOT_FOUND));
  }

  private static org.assertj.core.api.ThrowingConsumer<Throwable> code(Status.Code code) {
    return failure -> assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code);
  }

  private static Plan plan(String name, String... tasks) {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: %s}
        spec:
          phases: [{id: one, title: One, checkpoint: [{approval: go}]}, {id: two, title: Two}]
          defaults: {role: %s}
          tasks:
          - %s
        """
            .formatted(name, name, String.join("\n  - ", tasks));
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    if (checked instanceof CheckedPlan.Accepted accepted) {
      return accepted.plan();
    }
    throw new AssertionError(checked.problems().toString());
  }

  private Run start(String name, String... tasks) {
    return scheduler
        .startRun(
            StartRunRequest.newBuilder()
                .setRequestId("control-" + name)
                .setPlan(PlanProto.toProto(plan(name, tasks)))
                .setPlanVersion(1)
                .setWeight(2)
                .build())
        .getRun();
  }

  private Run pause(Run run) {
    return scheduler
        .pauseRun(PauseRunRequest.newBuilder().setRunId(run.getId()).setReason("a look").build())
        .getRun();
  }

  private Run approvePhase(Run run, String gate) {
    return scheduler
        .approve(
            ApproveRequest.newBuilder()
                .setRunId(run.getId())
                .setPhase("one")
                .setName(gate)
                .setBy("ann")
                .build())
        .getRun();
  }

  private Run amend(Run run, int version, Plan plan) {
    return scheduler
        .amendRun(
            AmendRunRequest.newBuilder()
                .setRunId(run.getId())
                .setPlan(PlanProto.toProto(plan))
                .setPlanVersion(version)
                .build())
        .getRun();
  }

  private List<Reason> reasons(Run run, String task) {
    return scheduler
        .explain(ExplainRequest.newBuilder().setRunId(run.getId()).setTask(task).build())
        .getExplanation()
        .getTasksList()
        .stream()
        .map(TaskExplanation::getReasonsList)
        .findFirst()
        .orElseThrow();
  }

  private Run listed(String plan) {
    return scheduler.listRuns(ListRunsRequest.newBuilder().setPlanName(plan).build()).getRuns(0);
  }

  private TaskRun task(Run run, String id) {
    return scheduler
        .getRun(GetRunRequest.newBuilder().setRunId(run.getId()).build())
        .getRun()
        .getTasksList()
        .stream()
        .filter(task -> task.getTask().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<TaskState> states(Run run) {
    return run.getTasksList().stream().map(TaskRun::getState).toList();
  }

  private boolean shardAnswers() {
    try {
      scheduler.getRun(GetRunRequest.newBuilder().setRunId(Long.MAX_VALUE).build());
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
  }
}
