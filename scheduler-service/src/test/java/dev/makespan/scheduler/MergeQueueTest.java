package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.plan.PlanReader;
import dev.makespan.postgres.testing.PostgresResource;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.BatchReport;
import dev.makespan.proto.agent.v1.BatchSpec;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.MemberOutcome;
import dev.makespan.proto.agent.v1.MemberVerdict;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.scheduler.v1.ChangeMergesRequest;
import dev.makespan.proto.scheduler.v1.DropMerge;
import dev.makespan.proto.scheduler.v1.GetRunRequest;
import dev.makespan.proto.scheduler.v1.HoldMerges;
import dev.makespan.proto.scheduler.v1.ReleaseMerges;
import dev.makespan.proto.scheduler.v1.ReorderMerges;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.StartRunRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The merge queue over the scheduler's real doors and its journal. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class MergeQueueTest {

  private static final String HEAD = "a".repeat(40);

  @TestHTTPResource URI here;

  private ManagedChannel channel;
  private SchedulerServiceBlockingStub scheduler;
  private FakeGateway gateway;

  @BeforeEach
  @SuppressWarnings("NullAway")
  void connect() {
    channel = NettyChannelBuilder.forAddress(here.getHost(), here.getPort()).usePlaintext().build();
    scheduler = SchedulerServiceGrpc.newBlockingStub(channel).withWaitForReady();
    Eventually.holds(this::shardAnswers);
    gateway = new FakeGateway(channel);
  }

  @AfterEach
  void disconnect() {
    gateway.leave();
    channel.shutdownNow();
  }

  /** A run of three tasks that need nothing of each other, done by agents of one role. */
  private Run start(String name) {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: %s}
        spec:
          workspace: {repository: /srv/app, base: main, verify: make test}
          defaults: {role: %s, duration: 1m}
          tasks:
          - {id: a}
          - {id: b, stubs: [{task: a, via: a call, wire: make wire}]}
          - {id: c}
        """
            .formatted(name, name);
    CheckedPlan checked = PlanReader.read(text.getBytes(StandardCharsets.UTF_8));
    if (!(checked instanceof CheckedPlan.Accepted accepted)) {
      throw new AssertionError(checked.problems().toString());
    }
    return scheduler
        .startRun(
            StartRunRequest.newBuilder()
                .setRequestId("merges-" + name)
                .setPlan(PlanProto.toProto(accepted.plan()))
                .setPlanVersion(1)
                .build())
        .getRun();
  }

  private static ChangeMergesRequest.Builder of(Run run) {
    return ChangeMergesRequest.newBuilder().setRunId(run.getId()).setBy("ann");
  }

  private Run change(ChangeMergesRequest.Builder request) {
    return scheduler.changeMerges(request.build()).getRun();
  }

  private Run now(Run run) {
    return scheduler.getRun(GetRunRequest.newBuilder().setRunId(run.getId()).build()).getRun();
  }

  private void succeed(String session, String commit) throws InterruptedException {
    Assign assign = gateway.assignment();
    gateway.accept(session, assign.getTask());
    report(
        session,
        Result.newBuilder()
            .setTask(assign.getTask())
            .setResultId("r" + assign.getTask().getFence())
            .setOutcome(Outcome.OUTCOME_OK)
            .setCommit(commit));
  }

  private ResultAck report(String session, Result.Builder result) throws InterruptedException {
    gateway.say(session, ConnectRequest.newBuilder().setResult(result));
    return gateway.ack();
  }

  private static List<String> tasks(List<BatchMember> members) {
    return members.stream().map(BatchMember::getTask).toList();
  }

  @Test
  void aHeldQueueIsReorderedDroppedFromAndReleasedAndMergesWhatIsLeft() throws Exception {
    Run run = start("queue");
    Run held = change(of(run).setHold(HoldMerges.newBuilder().setReason("a look")));
    gateway.open("queue", "queue-1", 3, "queue");
    for (int i = 0; i < 3; i++) {
      succeed("queue", "c".repeat(40));
    }
    gateway.open("merger", "merger-1", 1, "makespan-integrator");

    Run reordered = change(of(run).setReorder(ReorderMerges.newBuilder().addFirst("b")));
    Run dropped =
        change(of(run).setDrop(DropMerge.newBuilder().setTask("c").setNote("another way")));
    change(of(run).setRelease(ReleaseMerges.getDefaultInstance()));

    assertThat(held.getMerges().getHold().getReason()).isEqualTo("a look");
    assertThat(held.getMerges().getHold().getBy()).isEqualTo("ann");
    assertThat(tasks(reordered.getMerges().getWaitingList())).containsExactly("b", "a", "c");
    assertThat(tasks(dropped.getMerges().getWaitingList())).containsExactly("b", "a");
    Assign batch = gateway.nextSaid(said -> isBatch(said.getAssign())).getAssign();
    BatchSpec spec = batch.getSpec().getBatch();
    assertThat(spec.getMembersList())
        .extracting(dev.makespan.proto.agent.v1.BatchMember::getTask)
        .containsExactly("b", "a");
    assertThat(spec.getWirings(0).getCommand()).isEqualTo("make wire");
    assertThat(spec.getVerify()).isEqualTo("make test");
  }

  private static boolean isBatch(Assign assign) {
    return assign.getTask().getTask().equals("makespan-integration");
  }

  @Test
  void aBatchLandsOnlyWithAReportThatHoldsTogether() throws Exception {
    Run run = start("landing");
    gateway.open("landing", "landing-1", 3, "landing");
    for (int i = 0; i < 3; i++) {
      succeed("landing", "c".repeat(40));
    }
    gateway.open("lander", "lander-1", 1, "makespan-integrator");
    Assign batch = gateway.nextSaid(said -> isBatch(said.getAssign())).getAssign();
    gateway.accept("lander", batch.getTask());
    BatchReport.Builder report = BatchReport.newBuilder().setHead(HEAD);
    for (var member : batch.getSpec().getBatch().getMembersList()) {
      report.addMembers(
          MemberOutcome.newBuilder()
              .setTask(member.getTask())
              .setFence(member.getFence())
              .setVerdict(MemberVerdict.MEMBER_VERDICT_LANDED));
    }
    Result.Builder result =
        Result.newBuilder().setTask(batch.getTask()).setOutcome(Outcome.OUTCOME_OK);

    ResultAck unwired = report("lander", result.setResultId("x").setBatch(report));
    report.addWiredBuilder().setProducer("a").setConsumer("b");
    ResultAck landed = report("lander", result.setResultId("y").setBatch(report));

    assertThat(unwired.getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_INVALID);
    assertThat(unwired.getMessage()).contains("wired: expected");
    assertThat(landed.getVerdict()).isEqualTo(ResultVerdict.RESULT_VERDICT_COMMITTED);
    Run after = now(run);
    assertThat(after.getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    assertThat(after.getMerges().getHead()).isEqualTo(HEAD);
    assertThat(after.getMerges().getBatches(0).getWired(0).getConsumer()).isEqualTo("b");
  }

  @Test
  void whatIsWrongWithAChangeIsRefusedAndChangesNothing() {
    Run run = start("refused");

    assertThatThrownBy(() -> change(of(run))).satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(
            () -> change(of(run).setReorder(ReorderMerges.newBuilder().addFirst("nobody"))))
        .satisfies(code(Status.Code.FAILED_PRECONDITION));
    assertThatThrownBy(() -> change(of(run).setReorder(ReorderMerges.newBuilder().addFirst("A!"))))
        .satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThatThrownBy(() -> change(of(run).setDrop(DropMerge.newBuilder().setTask("a"))))
        .satisfies(code(Status.Code.FAILED_PRECONDITION));
    assertThatThrownBy(() -> change(of(run).setHold(HoldMerges.newBuilder().setReason("a\u0000b"))))
        .satisfies(code(Status.Code.INVALID_ARGUMENT));
    assertThat(now(run).getMerges().hasHold()).isFalse();
    assertThat(now(run).getPosition()).isEqualTo(run.getPosition());
  }

  private static ThrowingConsumer<Throwable> code(Status.Code code) {
    return failure -> assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code);
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
