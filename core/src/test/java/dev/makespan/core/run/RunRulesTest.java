package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskCommand;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunRulesTest {

  private static final TaskCommand RETRY = new TaskCommand.Retry("again");
  private static final TaskCommand LEAVE_OUT = new TaskCommand.LeaveOut("not needed");

  @Test
  void aPausedRunStartsNothingAndGoesOnWithWhatIsLive() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S").start("a");

    run.accept(new RunCommand.Pause("lunch"));

    assertThat(run.refuse("c", new TaskCommand.Lease(new AgentId("x"), 99)).message())
        .contains("nothing starts in a run that is PAUSED");
    run.accept("a", new TaskCommand.Succeed(1, "r", Map.of(), Map.of()));
    assertThat(run.states()).isEqualTo("PAUSED a:Done b:Ready c:Ready");
    assertThat(run.run().reason()).isEqualTo("lunch");
    assertThat(run.accept(new RunCommand.Resume()).done("c").states())
        .isEqualTo("RUNNING a:Done b:Ready c:Done");
  }

  @Test
  void pausingTwiceIsOnceAndAnEndedRunIsNotPaused() {
    OneRun run = OneRun.of("a 1S").accept(new RunCommand.Pause("x"));
    long position = run.run().position();

    run.accept(new RunCommand.Pause("y"));

    assertThat(run.run().position()).isEqualTo(position);
    run.accept(new RunCommand.Resume()).done("a");
    assertThat(run.refuse(new RunCommand.Pause("z")).message()).isEqualTo("run 1 has ended: DONE");
  }

  @Test
  void aPausedRunIsCancelled() {
    OneRun run = OneRun.of("a 1S").accept(new RunCommand.Pause("x"));

    run.accept(new RunCommand.Cancel("enough"));

    assertThat(run.states()).isEqualTo("CANCELLED a:Cancelled");
  }

  @Test
  void aRetriedTaskComesBackWithAllThatWasSkippedForIt() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S needs b", "d 1S").fail("a");
    assertThat(run.states()).isEqualTo("RUNNING a:Failed b:Skipped c:Skipped d:Ready");

    run.accept("a", RETRY);

    assertThat(run.states()).isEqualTo("RUNNING a:Ready b:Waiting c:Waiting d:Ready");
    run.done("a").done("b").done("c").done("d");
    assertThat(run.run().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void whatIsLostForAnotherReasonStaysSkipped() {
    OneRun run =
        OneRun.of("a 1S", "x 1S", "b 1S needs a", "both 1S needs a,x", "d 1S").fail("a").fail("x");

    run.accept("a", RETRY);

    assertThat(run.states()).isEqualTo("RUNNING a:Ready x:Failed b:Waiting both:Skipped d:Ready");
    assertThat(run.refuse("both", RETRY).message())
        .isEqualTo("task both needs x, which is not done: retry that");
    assertThat(run.accept("x", RETRY).states())
        .isEqualTo("RUNNING a:Ready x:Ready b:Waiting both:Waiting d:Ready");
  }

  @Test
  void aTaskThatWasCancelledByItselfIsTakenUpAgain() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S");

    run.accept("b", new TaskCommand.Cancel("no"));
    assertThat(run.states()).isEqualTo("RUNNING a:Ready b:Cancelled c:Ready");

    assertThat(run.accept("b", RETRY).states()).isEqualTo("RUNNING a:Ready b:Waiting c:Ready");
  }

  @Test
  void whatATaskIsLeftOutForMayStart() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S needs b");

    run.accept("b", LEAVE_OUT);

    assertThat(run.states()).isEqualTo("RUNNING a:Ready b:Skipped c:Ready");
    assertThat(run.done("a").done("c").states()).isEqualTo("DONE a:Done b:Skipped c:Done");
  }

  @Test
  void leavingOutWhatFailedBringsItsDependentsBackReady() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S").fail("a");

    run.accept("a", LEAVE_OUT);

    assertThat(run.states()).isEqualTo("RUNNING a:Skipped b:Ready c:Ready");
    assertThat(run.done("b").done("c").run().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void leavingOutTheLastTaskEndsTheRun() {
    OneRun run = OneRun.of("a 1S", "b 1S").done("a");

    assertThat(run.accept("b", LEAVE_OUT).states()).isEqualTo("DONE a:Done b:Skipped");
  }

  @Test
  void aFailedRunGoesOnWhenItsTaskIsTriedAgain() {
    OneRun run = OneRun.of("a 1m", "b 1m needs a", "c 1m").done("c").fail("a");
    assertThat(run.states()).isEqualTo("FAILED a:Failed b:Skipped c:Done");

    run.accept("a", RETRY);

    assertThat(run.states()).isEqualTo("RUNNING a:Ready b:Waiting c:Done");
    assertThat(run.run().view().finishedAt()).isNull();
    assertThat(run.done("a").done("b").states()).isEqualTo("DONE a:Done b:Done c:Done");
    assertThat(run.replayed().view()).isEqualTo(run.run().view());
  }

  @Test
  void aFailedRunIsDoneWithoutTheTaskThatIsLeftOut() {
    OneRun run = OneRun.of("a 1m", "b 1m").done("b").fail("a");

    run.accept("a", new TaskCommand.LeaveOut("never mind"));

    assertThat(run.states()).isEqualTo("DONE a:Skipped b:Done");
  }

  @Test
  void whatWasCancelledWithItsRunIsTriedAgainAfterWhatItNeeds() {
    OneRun run = OneRun.of("a 1m", "b 1m needs a").accept(new RunCommand.Cancel("stop"));

    assertThat(run.refuse("b", RETRY).message()).contains("task b needs a");
    assertThat(run.states()).isEqualTo("CANCELLED a:Cancelled b:Cancelled");
    assertThat(run.accept("a", RETRY).states()).isEqualTo("RUNNING a:Ready b:Cancelled");
    assertThat(run.accept("b", RETRY).states()).isEqualTo("RUNNING a:Ready b:Waiting");
  }

  @Test
  void aRunThatIsDoneIsNotOpenedAgain() {
    OneRun run = OneRun.of("a 1m").done("a");

    assertThat(run.refuse("a", RETRY).message()).contains("has ended: DONE");
  }

  @Test
  void aLeftOutTaskCountsForItsBarrier() {
    OneRun run = OneRun.of("phase one barrier", "phase two", "a 1S phase one", "b 1S phase two");

    assertThat(run.accept("a", LEAVE_OUT).states()).isEqualTo("RUNNING a:Skipped b:Ready");
  }

  @Test
  void aCheckpointKeepsTheLaterPhasesWaitingUntilAPersonOpensIt() {
    OneRun run =
        OneRun.of(
            "phase one approval audit", "phase two", "a 1S phase one", "b 1S phase two", "c 1S");
    assertThat(run.refuse(approve("one", "audit")).message())
        .isEqualTo("phase one has tasks that are not done: 1");

    run.done("a").done("c");

    assertThat(run.states()).isEqualTo("RUNNING a:Done b:Waiting c:Done");
    assertThat(run.refuse(approve("one", "autid")).message())
        .contains("expected one of [audit], was 'autid'");
    assertThat(run.refuse(approve("three", "audit")).message()).contains("expected one of [one");
    assertThat(run.accept(approve("one", "audit")).states())
        .isEqualTo("RUNNING a:Done b:Ready c:Done");
    assertThat(run.run().view().checkpoints())
        .extracting(Checkpoints.Checkpoint::by)
        .containsExactly("ann");
  }

  @Test
  void theCheckpointOfTheLastPhaseKeepsTheRunFromBeingDone() {
    OneRun run = OneRun.of("phase one approval audit", "a 1S phase one").done("a");
    assertThat(run.states()).isEqualTo("RUNNING a:Done");

    run.accept(approve("one", "audit"));

    assertThat(run.run().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void aRehearsalPassesCheckpointsAndApprovalsByItself() {
    OneRun run =
        OneRun.simulated(
            "phase one approval audit",
            "phase two",
            "a 1S phase one approval lead",
            "b 1S phase two");

    run.done("a").done("b");

    assertThat(run.states()).isEqualTo("DONE a:Done b:Done");
  }

  @Test
  void anApprovedTaskOpensWhatNeedsIt() {
    OneRun run = OneRun.of("a 1S approval lead", "b 1S needs a").done("a");
    assertThat(run.states()).isEqualTo("RUNNING a:Verifying b:Waiting");

    run.accept("a", new TaskCommand.Approve("lead", "ann", "good"));

    assertThat(run.states()).isEqualTo("RUNNING a:Done b:Ready");
  }

  @Test
  void aRunIsTheSameFromItsJournal() {
    OneRun run =
        OneRun.of("phase one approval go", "phase two", "a 1S phase one", "b 1S phase two", "c 1S")
            .accept(new RunCommand.Pause("x"))
            .accept(new RunCommand.Resume())
            .fail("c")
            .accept("c", RETRY)
            .done("a")
            .accept(approve("one", "go"))
            .accept("b", LEAVE_OUT);

    assertThat(run.replayed().view()).isEqualTo(run.run().view());
  }

  private static RunCommand approve(String phase, String gate) {
    return new RunCommand.ApproveCheckpoint(new PhaseId(phase), gate, "ann", "");
  }

  @Test
  void ofALargeRunTheTasksOfAChangeAreShownAlone() {
    String[] lines = new String[RunView.MAX_TASKS_OF_CHANGE + 1];
    Arrays.setAll(lines, i -> "t" + i + " 1S");
    Run large = OneRun.of(lines).run();
    Run small = OneRun.of("a 1S", "b 1S").run();

    assertThat(large.viewOfChange(Set.of(new TaskId("t7"), new TaskId("no"))).tasks())
        .extracting(task -> task.id().value())
        .containsExactly("t7");
    assertThat(large.viewOfChange(Set.of()).tasks()).isEmpty();
    assertThat(large.view().withoutTasksIfLarge().tasks()).isEmpty();
    assertThat(small.viewOfChange(Set.of(new TaskId("b")))).isEqualTo(small.view());
    assertThat(small.view().withoutTasksIfLarge()).isEqualTo(small.view());
  }
}
