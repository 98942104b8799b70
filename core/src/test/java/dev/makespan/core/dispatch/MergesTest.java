package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MemberOutcome.Kind;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Workspace;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Accepted work is merged, and only then done. */
class MergesTest {

  private static final RunId RUN = new RunId(1);
  private static final String HEAD = "a".repeat(40);
  private static final String NEXT = "b".repeat(40);

  private final List<RunEvent> journal = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private Instant now = Instant.EPOCH;
  private RunSpec spec = spec("a 1h");

  private static RunSpec spec(String... tasks) {
    Workspace workspace = new Workspace("/srv/app", "main", null, "make test");
    return new RunSpec(
        RUN, PlanText.plan(tasks).withWorkspace(workspace), 1, Map.of(), false, 1, Instant.EPOCH);
  }

  private void start(String... tasks) {
    spec = spec(tasks);
    open("worker", "dev", 10);
    handle(new ShardInput.StartRun(spec));
  }

  @Test
  void acceptedWorkIsDoneWhenItHasLandedAndNotBefore() {
    start("a 1h", "b 1h needs a");
    succeed("a");
    assertThat(stateOf("a")).isInstanceOf(TaskState.Integrating.class);
    assertThat(stateOf("b")).isInstanceOf(TaskState.Waiting.class);

    open("merger", "makespan-integrator", 1);
    assertThat(batch()).containsExactly(member("a"));
    land(HEAD, "");

    assertThat(stateOf("a")).isInstanceOf(TaskState.Done.class);
    assertThat(stateOf("b")).isInstanceOf(TaskState.Leased.class);
  }

  @Test
  void workWithoutACommitHasNothingToMerge() {
    start("a 1h", "b 1h needs a");
    say("worker", new AgentSays.Accept(ref("a")));

    result("worker", "a", "");

    assertThat(stateOf("a")).isInstanceOf(TaskState.Done.class);
    assertThat(stateOf("b")).isInstanceOf(TaskState.Leased.class);
  }

  @Test
  void theRunEndsWhenTheBranchStandsWhereTheJournalSays() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    succeed("a");
    land(HEAD, "");
    assertThat(run().state()).isEqualTo(RunState.RUNNING);
    assertThat(batch()).isEmpty();
    assertThat(batchSpec().publish()).isTrue();
    assertThat(batchSpec().head()).isEqualTo(HEAD);

    end(HEAD, HEAD);

    assertThat(run().state()).isEqualTo(RunState.DONE);
    assertThat(run().merges().isPublished()).isTrue();
    assertThat(integration()).isInstanceOf(TaskState.Waiting.class);
  }

  @Test
  void laterWorkStartsFromWhatHasLanded() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h needs a");
    succeed("a");
    long fence = integration().liveFence();
    land(HEAD, "");

    GatewaySays.Assign assigned = assigned("worker", "b");

    String branch = "makespan/1/makespan-integration/" + fence;
    assertThat(Objects.requireNonNull(assigned.spec().surroundings().workspace()).base())
        .isEqualTo(branch);
    assertThat(assigned.context().accepted())
        .contains(new AcceptedWork(Integration.TASK, branch, HEAD));
  }

  @Test
  void whatMostWaitsBehindIsMergedFirst() {
    start("a 1h", "b 1h", "c 1h", "d 5h needs c", "e 2h needs b");
    List.of("a", "b", "c").forEach(this::succeed);

    open("merger", "makespan-integrator", 1);

    assertThat(batch()).extracting(m -> m.task().value()).containsExactly("c", "b", "a");
  }

  @Test
  void whatPeoplePutFirstIsMergedFirst() {
    start("a 1h", "b 1h", "c 1h", "d 5h needs c");
    List.of("a", "b", "c").forEach(this::succeed);
    change(new RunCommand.ReorderMerges(List.of(new TaskId("a")), "ann"));

    open("merger", "makespan-integrator", 1);

    assertThat(batch()).extracting(m -> m.task().value()).containsExactly("a", "c", "b");
  }

  @Test
  void whoeverBeganWithAMilestoneWaitsForWhoReachedIt() {
    start("a 1h milestone half@30M", "b 1h needs a.half");
    open("merger", "makespan-integrator", 1);
    TaskRef a = ref("a");
    say("worker", new AgentSays.Accept(a));
    say(
        "worker",
        new AgentSays.MilestoneReached(a, new dev.makespan.core.plan.MilestoneId("half")));
    succeed("b");
    assertThat(integration()).isInstanceOf(TaskState.Waiting.class);

    result("worker", "a", "c".repeat(40));
    assertThat(batch()).containsExactly(member("a"));
    land(HEAD, "");

    assertThat(batch()).containsExactly(member("b"));
  }

  @Test
  void aConflictGoesBackToAnAgentWithTheReportAndTheRestLands() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h");
    change(new RunCommand.HoldMerges("wait", "ann"));
    succeed("a");
    succeed("b");
    change(new RunCommand.ReleaseMerges("ann"));

    end(
        HEAD,
        "",
        new MemberOutcome(member("a"), Kind.LANDED, "", List.of()),
        new MemberOutcome(member("b"), Kind.CONFLICT, "both changed x", List.of("x")));

    assertThat(stateOf("a")).isInstanceOf(TaskState.Done.class);
    assertThat(stateOf("b")).isInstanceOf(TaskState.Backoff.class);
    assertThat(life("b").counters().gates()).isEqualTo(1);
    pass(Duration.ofSeconds(2));
    assertThat(assigned("worker", "b").spec().previousFailure()).isEqualTo("both changed x");
  }

  @Test
  void aCulpritThatIsRedTooOftenFailsAndTheRunWithIt() {
    open("merger", "makespan-integrator", 1);
    start("a 1h gates 2");
    for (int i = 0; i < 2; i++) {
      succeed("a");
      end("", "", new MemberOutcome(member("a"), Kind.RED, "test 7 fails", List.of()));
      pass(Duration.ofSeconds(2));
    }

    assertThat(stateOf("a")).isEqualTo(new TaskState.Failed("test 7 fails"));
    assertThat(run().state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void aLostIntegratorIsReplacedAndNothingIsLost() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    succeed("a");
    TaskRef old = ref(Integration.TASK.value());
    say("merger", new AgentSays.Accept(old));

    open("other", "makespan-integrator", 1);
    pass(ShardSettings.DEFAULT.lease().plusSeconds(1));
    pass(Duration.ofSeconds(2));

    assertThat(ref(Integration.TASK.value()).fence()).isGreaterThan(old.fence());
    assertThat(batch()).containsExactly(member("a"));
    effects.clear();
    say("merger", report(old, HEAD, "", landed(List.of(member("a")))));
    assertThat(verdicts("merger")).containsExactly(GatewaySays.Verdict.SUPERSEDED);
    assertThat(run().merges().head()).isEmpty();
    land(NEXT, "");
    assertThat(run().merges().head()).isEqualTo(NEXT);
  }

  @Test
  void aResultThatComesTwiceCountsOnce() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h");
    succeed("a");
    TaskRef batch = ref(Integration.TASK.value());
    AgentSays.Result result = report(batch, HEAD, "", landed(List.of(member("a"))));
    say("merger", result);
    effects.clear();
    long position = run().position();

    say("merger", result);

    assertThat(verdicts("merger")).containsExactly(GatewaySays.Verdict.DUPLICATE);
    assertThat(run().position()).isEqualTo(position);
  }

  @Test
  void cancelledWorkNeverLandsThoughItIsBeingMerged() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h");
    change(new RunCommand.HoldMerges("wait", "ann"));
    succeed("a");
    succeed("b");
    change(new RunCommand.ReleaseMerges("ann"));
    TaskRef old = ref(Integration.TASK.value());
    List<BatchMember> both = batch();
    say("merger", new AgentSays.Accept(old));
    effects.clear();

    change(new RunCommand.OnTask(new TaskId("a"), new TaskCommand.Cancel("no")));

    assertThat(told("merger")).contains(new GatewaySays.LeaseLost(old));
    assertThat(batch()).containsExactly(member("b"));
    say("merger", report(old, HEAD, "", landed(both)));
    assertThat(verdicts("merger")).containsExactly(GatewaySays.Verdict.SUPERSEDED);
    assertThat(run().merges().head()).isEmpty();
  }

  @Test
  void droppedWorkGoesBackToItsAgent() {
    start("a 1h");
    succeed("a");

    change(new RunCommand.OnTask(new TaskId("a"), new TaskCommand.Drop("ann", "not like this")));

    assertThat(life("a").attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.REJECTED);
    pass(Duration.ofSeconds(2));
    assertThat(assigned("worker", "a").spec().previousFailure())
        .isEqualTo("dropped from the merge queue by ann: not like this");
  }

  @Test
  void nothingIsMergedWhileTheQueueIsHeld() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    change(new RunCommand.HoldMerges("release day", "ann"));
    succeed("a");
    assertThat(integration()).isInstanceOf(TaskState.Waiting.class);

    change(new RunCommand.ReleaseMerges("ann"));

    assertThat(batch()).containsExactly(member("a"));
  }

  @Test
  void mergingThatFailsForGoodWaitsForAPerson() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    succeed("a");
    fail(AgentSays.Outcome.FATAL, "the base is red");
    assertThat(integration()).isEqualTo(new TaskState.Held("the base is red", 0));
    assertThat(Objects.requireNonNull(run().view().merges()).trouble())
        .isEqualTo("the base is red");

    change(new RunCommand.OnTask(Integration.TASK, new TaskCommand.Retry("mended")));

    assertThat(batch()).containsExactly(member("a"));
  }

  @Test
  void mergingThatFailsForNowIsTriedAgainAndThenWaitsForAPerson() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    succeed("a");
    for (int i = 0; i < 3; i++) {
      assertThat(integration()).isInstanceOf(TaskState.Leased.class);
      fail(AgentSays.Outcome.FAILED, "no network");
      pass(Duration.ofSeconds(10));
    }

    assertThat(integration()).isEqualTo(new TaskState.Held("no network", 0));
  }

  @Test
  void aReportThatContradictsItsBatchChangesNothing() {
    open("merger", "makespan-integrator", 1);
    start("a 1h");
    succeed("a");
    TaskRef batch = ref(Integration.TASK.value());
    MemberOutcome landed = new MemberOutcome(member("a"), Kind.LANDED, "", List.of());
    MemberOutcome strange =
        new MemberOutcome(new BatchMember(new TaskId("a"), 5), Kind.LANDED, "", List.of());
    long position = run().position();

    say("merger", report(batch, HEAD, "", List.of()));
    say("merger", report(batch, HEAD, "", List.of(strange)));
    say("merger", report(batch, "", "", List.of(landed)));
    say("merger", report(batch, "no commit", "", List.of(landed)));
    say("merger", report(batch, HEAD, HEAD, List.of(landed)));

    assertThat(verdicts("merger")).hasSize(5).containsOnly(GatewaySays.Verdict.INVALID);
    assertThat(run().position()).isEqualTo(position);
  }

  @Test
  void aCancelledRunStopsItsIntegratorAndEnds() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h");
    succeed("a");
    TaskRef batch = ref(Integration.TASK.value());
    say("merger", new AgentSays.Accept(batch));
    TaskRef b = ref("b");
    say("worker", new AgentSays.Accept(b));
    effects.clear();

    handle(new ShardInput.CancelRun(RUN, "enough"));

    assertThat(told("merger")).anyMatch(GatewaySays.Cancel.class::isInstance);
    say("worker", new AgentSays.Cancelled(b, "TERM"));
    assertThat(run().state()).isEqualTo(RunState.CANCELLING);
    say("merger", new AgentSays.Cancelled(batch, "TERM"));
    assertThat(run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(run().merges().head()).isEmpty();
  }

  @Test
  void aNewOwnerOfTheShardGoesOnWithTheQueueAsItWas() {
    open("merger", "makespan-integrator", 1);
    start("a 1h", "b 1h");
    succeed("a");
    TaskRef batch = ref(Integration.TASK.value());
    say("merger", new AgentSays.Accept(batch));
    succeed("b");

    shard = new Shard(2, ShardSettings.DEFAULT, new SplittableRandom(1));
    shard.restore(spec, journal, now);
    hello("merger", "makespan-integrator", 1, List.of(batch));

    assertThat(batch()).containsExactly(member("a"));
    land(HEAD, "");
    assertThat(batch()).containsExactly(member("b"));
    assertThat(batchSpec().head()).isEqualTo(HEAD);
  }

  @Test
  void whoSpeaksOfTheIntegrationAsOfATaskIsRefused() {
    start("a 1h");

    Outcome outcome =
        shard.handle(
            new ShardInput.ChangeRun(
                RUN, new RunCommand.OnTask(Integration.TASK, new TaskCommand.LeaveOut("no"))),
            now);

    assertThat(outcome).isInstanceOf(Outcome.NotPossible.class);
  }

  private List<BatchMember> batch() {
    return run().merges().batch();
  }

  private BatchSpec batchSpec() {
    return Objects.requireNonNull(
        assigned("merger", Integration.TASK.value()).spec().surroundings().batch());
  }

  private BatchMember member(String task) {
    return new BatchMember(new TaskId(task), life(task).attempts().getLast().fence());
  }

  private static List<MemberOutcome> landed(List<BatchMember> members) {
    return members.stream()
        .map(member -> new MemberOutcome(member, Kind.LANDED, "", List.of()))
        .toList();
  }

  private void land(String head, String published) {
    end(head, published, landed(batch()).toArray(MemberOutcome[]::new));
  }

  private void end(String head, String published, MemberOutcome... members) {
    say(
        mergerOf(integration()),
        report(ref(Integration.TASK.value()), head, published, List.of(members)));
  }

  private static String mergerOf(TaskState state) {
    return switch (state) {
      case TaskState.Leased s -> s.agent().value();
      case TaskState.Running s -> s.agent().value();
      default -> throw new AssertionError("nobody merges: " + state);
    };
  }

  private static AgentSays.Result report(
      TaskRef batch, String head, String published, List<MemberOutcome> members) {
    return new AgentSays.Result(
        batch,
        "r" + batch.fence(),
        AgentSays.Outcome.OK,
        "",
        new BatchReport(head, published, members, 1, ""));
  }

  private void fail(AgentSays.Outcome outcome, String message) {
    TaskRef batch = ref(Integration.TASK.value());
    say("merger", new AgentSays.Result(batch, "f" + batch.fence(), outcome, message, null));
  }

  private void succeed(String task) {
    say("worker", new AgentSays.Accept(ref(task)));
    result("worker", task, "c".repeat(40));
  }

  private void result(String agent, String task, String commit) {
    TaskRef ref = ref(task);
    say(
        agent,
        new AgentSays.Result(
            ref,
            "r" + ref.fence(),
            AgentSays.Outcome.OK,
            "",
            Map.of(),
            List.of(),
            List.of(),
            commit,
            List.of(),
            Usage.NONE,
            Map.of()));
  }

  private void open(String agent, String role, int slots) {
    hello(agent, role, slots, List.of());
  }

  private void hello(String agent, String role, int slots, List<TaskRef> held) {
    handle(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId(agent),
                new AgentId(agent),
                1,
                List.of(new Role(role)),
                Map.of(),
                slots,
                held,
                List.of(),
                "test")));
  }

  private void say(String agent, AgentSays message) {
    handle(new ShardInput.AgentSaid(new SessionId(agent), message));
  }

  private void change(RunCommand command) {
    handle(new ShardInput.ChangeRun(RUN, command));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    handle(new ShardInput.Tick());
  }

  private void handle(ShardInput input) {
    Outcome outcome = shard.handle(input, now);
    assertThat(outcome).isInstanceOf(Outcome.Step.class);
    Outcome.Step step = (Outcome.Step) outcome;
    journal.addAll(step.events());
    effects.addAll(step.effects());
  }

  private GatewaySays.Assign assigned(String agent, String task) {
    GatewaySays.@Nullable Assign last = null;
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.Assign assign
          && assign.task().task().value().equals(task)) {
        last = assign;
      }
    }
    return Objects.requireNonNull(last, "no assignment of " + task);
  }

  private List<GatewaySays.Verdict> verdicts(String agent) {
    List<GatewaySays.Verdict> verdicts = new ArrayList<>();
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.ResultAck ack) {
        verdicts.add(ack.verdict());
      }
    }
    return verdicts;
  }

  private List<GatewaySays> told(String agent) {
    List<GatewaySays> told = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Tell tell && tell.session().equals(new SessionId(agent))) {
        told.add(tell.message());
      }
    }
    return told;
  }

  private TaskRef ref(String task) {
    return new TaskRef(RUN, new TaskId(task), stateOf(task).liveFence());
  }

  private TaskState stateOf(String task) {
    return life(task).state();
  }

  private dev.makespan.core.task.TaskLife life(String task) {
    return run().life(run().indexOf(new TaskId(task)));
  }

  private TaskState integration() {
    return stateOf(Integration.TASK.value());
  }

  private Run run() {
    return Objects.requireNonNull(shard.findRun(RUN));
  }
}
