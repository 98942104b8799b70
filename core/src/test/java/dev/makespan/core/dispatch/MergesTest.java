package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.MemberOutcome.Kind;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Accepted work is merged, and only then done. */
class MergesTest extends MergeTalk {

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
}
