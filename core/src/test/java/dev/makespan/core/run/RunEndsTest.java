package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskDecision;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a run is cancelled, how it fails, and what comes too late for it. */
class RunEndsTest {

  private static final RunCommand CANCEL = new RunCommand.Cancel("enough");
  private static final AgentId AGENT = new AgentId("x");

  @Test
  void aCancelledRunEndsOnceEveryAgentHasStopped() {
    OneRun run =
        OneRun.of("a 1S", "b 1S", "c 1S needs a", "d 1S", "e 1S approval lead")
            .start("a")
            .accept("b", new TaskCommand.Lease(AGENT, 2));
    run.start("d").accept("d", new TaskCommand.Fail(2, "r", "again", true));
    run.accept("e", new TaskCommand.Lease(AGENT, 5))
        .accept("e", new TaskCommand.Succeed(5, "r", Map.of(), Map.of()));
    assertThat(run.states())
        .isEqualTo("RUNNING a:Running b:Leased c:Waiting d:Backoff e:Verifying");

    run.accept(CANCEL);

    assertThat(run.states())
        .isEqualTo("CANCELLING a:Cancelling b:Cancelling c:Cancelled d:Cancelled e:Cancelled");
    assertThat(run.run().reason()).isEqualTo("enough");
    run.accept("a", new TaskCommand.ConfirmCancel(1, "stopped"));
    assertThat(run.run().state()).isEqualTo(RunState.CANCELLING);
    run.accept("b", new TaskCommand.ConfirmCancel(2, "stopped"));
    assertThat(run.run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(run.run().reason()).isEqualTo("enough");
    assertThat(run.run().view().finishedAt()).isEqualTo(OneRun.T0);
    assertThat(run.replayed().view()).isEqualTo(run.run().view());
  }

  @Test
  void ofTwoHeldTasksTheOneWithAnAgentIsToldToStop() {
    OneRun run = OneRun.of("kept 1S", "left 1S").start("kept").start("left");
    run.accept("kept", new TaskCommand.RaiseBlocker(1, "q", "which?", true));
    run.accept("left", new TaskCommand.RaiseBlocker(2, "q", "which?", false));
    assertThat(run.states()).isEqualTo("RUNNING kept:Held left:Held");

    run.accept(CANCEL);

    assertThat(run.states()).isEqualTo("CANCELLING kept:Cancelling left:Cancelled");
  }

  @Test
  void aTaskThatIsAlreadyToldToStopIsNotToldTwiceAndEndsTheRun() {
    OneRun run = OneRun.of("a 1S", "b 1S").start("a");
    run.accept("a", new TaskCommand.Cancel("not this"));

    RunDecision.Accepted decision = (RunDecision.Accepted) run.decide(CANCEL);

    assertThat(decision.changes()).hasSize(2);
    assertThat(run.states()).isEqualTo("CANCELLING a:Cancelling b:Cancelled");
    run.accept("a", new TaskCommand.ConfirmCancel(1, "stopped"));
    assertThat(run.run().state()).isEqualTo(RunState.CANCELLED);
    assertThat(run.run().reason()).isEqualTo("enough");
  }

  @Test
  void cancellingTwiceIsOnceAndAnEndedRunIsNotCancelled() {
    OneRun run = OneRun.of("a 1S").start("a").accept(CANCEL);
    long position = run.run().position();

    run.accept(new RunCommand.Cancel("really"));

    assertThat(run.run().position()).isEqualTo(position);
    run.accept("a", new TaskCommand.ConfirmCancel(1, "stopped"));
    assertThat(run.refuse(CANCEL).message()).isEqualTo("run 1 has ended: CANCELLED");
  }

  @Test
  void aRunThatIsBeingCancelledHearsNobodyButItsAgents() {
    OneRun run =
        OneRun.of("phase p approval lead", "a 1S phase p", "b 1S", "c 1S").start("a").fail("c");
    run.accept(CANCEL);
    String late = "run 1 is being cancelled";

    assertThat(run.refuse(new RunCommand.Pause("x")).message()).isEqualTo(late);
    assertThat(run.refuse(new RunCommand.Resume()).message()).isEqualTo(late);
    assertThat(run.refuse(approve("p", "lead")).message()).isEqualTo(late);
    assertThat(run.refuse(new RunCommand.Amend(PlanText.plan("z 1S"), 2)).message())
        .isEqualTo(late);
    assertThat(run.refuse("b", new TaskCommand.Retry("x")).message()).isEqualTo(late);
    assertThat(run.refuse("b", new TaskCommand.LeaveOut("x")).message()).isEqualTo(late);
    assertThat(run.refuse("b", new TaskCommand.EndBackoff()).message()).isEqualTo(late);
    assertThat(run.refuse("b", new TaskCommand.Lease(AGENT, 9)).message())
        .isEqualTo("nothing starts in a run that is CANCELLING");
    assertThat(run.states()).isEqualTo("CANCELLING a:Cancelling b:Cancelled c:Failed");
  }

  @Test
  void anEndedRunIsNeitherAmendedNorApproved() {
    OneRun run = OneRun.of("phase p approval lead", "a 1S phase p").done("a");
    run.accept(approve("p", "lead"));
    String ended = "run 1 has ended: DONE";

    assertThat(run.refuse(approve("p", "lead")).message()).isEqualTo(ended);
    assertThat(run.refuse(new RunCommand.Amend(PlanText.plan("a 1S", "b 1S"), 2)).message())
        .isEqualTo(ended);
    assertThat(run.refuse(new RunCommand.Resume()).message()).isEqualTo(ended);
    assertThat(run.refuse("a", new TaskCommand.Cancel("x")).message()).isEqualTo(ended);
  }

  static List<TaskCommand> newsOfAgents() {
    long fence = 7;
    return List.of(
        new TaskCommand.Accept(fence),
        new TaskCommand.Return(fence, ""),
        new TaskCommand.ReachMilestone(fence, new MilestoneId("m")),
        new TaskCommand.Succeed(fence, "r", Map.of(), Map.of()),
        new TaskCommand.Fail(fence, "r", "", true),
        new TaskCommand.Lose(fence, ""),
        new TaskCommand.TimeOut(fence, ""),
        new TaskCommand.RaiseBlocker(fence, "q", "", true),
        new TaskCommand.Checkpoint(fence, "half"),
        new TaskCommand.GrantFiles(fence, "f", List.of()),
        new TaskCommand.ConfirmCancel(fence, ""));
  }

  @ParameterizedTest
  @MethodSource("newsOfAgents")
  void newsOfAgentsAreJudgedByTheirFenceInAnEndedRunToo(TaskCommand news) {
    OneRun run = OneRun.of("a 1S").accept(CANCEL);

    assertThat(run.refuse("a", news).refusal()).isEqualTo(TaskDecision.Refusal.SUPERSEDED);
  }

  @Test
  void aTaskIsMadeReadyAndSkippedByItsRulesAlone() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a");

    assertThat(run.refuse("a", new TaskCommand.MakeReady()).message())
        .contains("only a waiting task becomes ready");
    assertThat(run.refuse("a", new TaskCommand.Skip("x")).message())
        .contains("only a waiting task is skipped");
    assertThat(run.refuse("zz", new TaskCommand.MakeReady()).message())
        .isEqualTo("run 1 has no task zz");
  }

  @Test
  void aRunWhoseLastTaskIsDoneFailsForWhatFailedEarlier() {
    OneRun failed = OneRun.of("z 1S", "a 1S", "b 1S").done("z").fail("a");
    OneRun cancelled = OneRun.of("a 1S", "b 1S").accept("a", new TaskCommand.Cancel("no"));

    failed.done("b");
    cancelled.done("b");

    assertThat(failed.states()).isEqualTo("FAILED z:Done a:Failed b:Done");
    assertThat(failed.run().reason()).isEqualTo("task a failed: broken");
    assertThat(cancelled.states()).isEqualTo("FAILED a:Cancelled b:Done");
    assertThat(cancelled.run().reason()).isEqualTo("task a was cancelled: no");
  }

  @Test
  void aCancelledTaskThatWasTheLastOneEndsTheRunWithAllThatNeedsIt() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S needs b");

    run.accept("a", new TaskCommand.Cancel("no"));

    assertThat(run.states()).isEqualTo("FAILED a:Cancelled b:Skipped c:Skipped");
    assertThat(run.run().reason()).isEqualTo("task a was cancelled: no");
  }

  @Test
  void aRunIsStartedOnce() {
    OneRun run = OneRun.of("a 1S");
    long position = run.run().position();

    run.accept(new RunCommand.Start());

    assertThat(run.run().position()).isEqualTo(position);
  }

  @Test
  void aReopenedRunSaysForWhat() {
    OneRun retried = OneRun.of("a 1S").fail("a");
    OneRun leftOut = OneRun.of("a 1S", "b 1S").accept(CANCEL);

    RunDecision again = retried.decide(onTask(new TaskCommand.Retry("x")));
    RunDecision without = leftOut.decide(onTask(new TaskCommand.LeaveOut("x")));

    assertThat(first(again)).isEqualTo(new RunEvent.RunReopened("task a is tried again"));
    assertThat(first(without)).isEqualTo(new RunEvent.RunReopened("it goes on without task a"));
  }

  private static RunCommand onTask(TaskCommand command) {
    return new RunCommand.OnTask(new TaskId("a"), command);
  }

  private static RunEvent.Change first(RunDecision decision) {
    return ((RunDecision.Accepted) decision).changes().getFirst();
  }

  private static RunCommand approve(String phase, String gate) {
    return new RunCommand.ApproveCheckpoint(new PhaseId(phase), gate, "ann", "");
  }
}
