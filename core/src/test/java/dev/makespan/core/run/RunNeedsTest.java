package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a part of a task, a phase and a loss mean for others, and what is seen of it. */
class RunNeedsTest {

  private static final MilestoneId HALF = new MilestoneId("half");

  @Test
  void aMilestoneOpensWhatNeedsNoMoreThanThat() {
    OneRun run =
        OneRun.of(
                "a 2S milestone half@1S milestone most@2S",
                "part 1S needs a.half",
                "other 1S needs a.most",
                "both 1S needs a.half,a",
                "whole 1S needs a")
            .start("a");

    run.accept("a", new TaskCommand.ReachMilestone(1, HALF));

    assertThat(run.states())
        .isEqualTo("RUNNING a:Running part:Ready other:Waiting both:Waiting whole:Waiting");
    assertThat(run.run().openNeeds(run.run().indexOf(new TaskId("both")))).isEqualTo(1);
    run.accept("a", new TaskCommand.Succeed(1, "r", Map.of(), Map.of()));
    assertThat(run.states())
        .isEqualTo("RUNNING a:Done part:Ready other:Ready both:Ready whole:Ready");
    assertThat(run.replayed().view()).isEqualTo(run.run().view());
  }

  @Test
  void whatHasItsPartIsNotLostWithTheTask() {
    OneRun run =
        OneRun.of("a 2S milestone half@1S", "part 1S needs a.half", "whole 1S needs a").start("a");
    run.accept("a", new TaskCommand.ReachMilestone(1, HALF));

    run.accept("a", new TaskCommand.Fail(1, "r", "broken", false));

    assertThat(run.states()).isEqualTo("RUNNING a:Failed part:Ready whole:Skipped");
    assertThat(run.run().view().tasks().getFirst().milestones()).containsOnlyKeys(HALF);
  }

  @Test
  void aPhaseWithoutABarrierKeepsNobodyWaiting() {
    OneRun run = OneRun.of("phase one", "phase two", "a 1S phase one", "b 1S phase two");

    assertThat(run.states()).isEqualTo("RUNNING a:Ready b:Ready");
    assertThat(run.fail("a").states()).isEqualTo("RUNNING a:Failed b:Ready");
  }

  @Test
  void aFailureBeforeABarrierLosesAllLaterPhasesAndNothingElse() {
    OneRun run =
        OneRun.of(
            "phase one barrier",
            "phase two",
            "phase three",
            "free 1S",
            "a 1S phase one",
            "beside 1S phase one",
            "b 1S phase two",
            "c 1S phase three",
            "d 1S needs c");

    run.fail("a");

    assertThat(run.states())
        .isEqualTo("RUNNING free:Ready a:Failed beside:Ready b:Skipped c:Skipped d:Skipped");
    run.fail("beside").done("free");
    assertThat(run.run().state()).isEqualTo(RunState.FAILED);
    assertThat(run.refuse("b", new TaskCommand.Retry("x")).message())
        .isEqualTo("task b needs a, which is not done: retry that");
  }

  @Test
  void whatAPersonCancelledIsNotSkippedAsWell() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S");
    run.accept("b", new TaskCommand.Cancel("no"));

    run.fail("a").accept("c", new TaskCommand.LeaveOut("no"));

    assertThat(run.states()).isEqualTo("FAILED a:Failed b:Cancelled c:Skipped");
  }

  @Test
  void whatNobodyTouchesIsNotMentioned() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S", "d 1S").done("d").fail("a");

    RunDecision decision =
        run.decide(new RunCommand.OnTask(new TaskId("a"), new TaskCommand.Retry("again")));

    assertThat(((RunDecision.Accepted) decision).changes())
        .containsExactly(
            changed("a", new TaskEvent.Reopened("again")),
            changed("a", new TaskEvent.Ready()),
            changed("b", new TaskEvent.Reopened("what it needs may be done")));
  }

  @Test
  void aReadyTaskThatGetsANeedSaysWhyItWaits() {
    OneRun run = OneRun.of("a 1S", "b 1S");

    RunDecision decision =
        run.decide(new RunCommand.Amend(PlanText.plan("a 1S", "b 1S needs a"), 2));

    assertThat(((RunDecision.Accepted) decision).changes())
        .contains(changed("b", new TaskEvent.Reopened("its needs")));
  }

  private static RunEvent.Change changed(String task, TaskEvent event) {
    return new RunEvent.TaskChanged(new TaskId(task), event);
  }

  @Test
  void aCheckpointIsReachedWithTheLastTaskOfItsPhaseAndOpenWithItsApproval() {
    OneRun run =
        OneRun.of(
            "phase one",
            "phase two approval audit",
            "a 1S phase one",
            "b 1S phase two",
            "c 1S phase two");
    assertThat(checkpoint(run.done("b")).isReached()).isFalse();

    run.done("c");

    assertThat(checkpoint(run).isReached()).isTrue();
    assertThat(checkpoint(run).isOpen()).isFalse();
    RunCommand approval = new RunCommand.ApproveCheckpoint(new PhaseId("two"), "audit", "ann", "");
    run.accept(approval);
    assertThat(checkpoint(run).isOpen()).isTrue();
    assertThat(checkpoint(run).isReached()).isTrue();
    long position = run.run().position();
    assertThat(run.accept(approval).run().position()).isEqualTo(position);
  }

  private static Checkpoints.Checkpoint checkpoint(OneRun run) {
    return run.run().view().checkpoints().getFirst();
  }

  @Test
  void aRunWaitsUntilItsFirstTaskStarts() {
    OneRun run = OneRun.of("a 1S", "b 1S");
    assertThat(run.run().isWaiting()).isTrue();
    assertThat(run.run().view().startedAt()).isNull();

    run.start("a");

    assertThat(run.run().isWaiting()).isFalse();
    assertThat(run.run().view().startedAt()).isEqualTo(OneRun.T0);
    OneRun cancelled = OneRun.of("a 1S").accept(new RunCommand.Cancel("x"));
    assertThat(cancelled.run().isWaiting()).isFalse();
  }

  @Test
  void theStartOfARunIsItsFirstTasks() {
    OneRun run = OneRun.of("a 1S", "b 1S").done("a");
    run.accept("b", new TaskCommand.Lease(new AgentId("x"), 9));

    run.run()
        .apply(
            new RunEvent(
                run.run().spec().id(),
                run.run().position() + 1,
                OneRun.T0.plusSeconds(5),
                changed("b", new TaskEvent.Started(9))));

    assertThat(run.run().view().startedAt()).isEqualTo(OneRun.T0);
  }

  @Test
  void anEventOutOfItsPlaceIsABug() {
    OneRun run = OneRun.of("a 1S");
    RunEvent late = new RunEvent(run.run().spec().id(), 4, OneRun.T0, new RunEvent.RunPaused("x"));

    assertThatThrownBy(() -> run.run().apply(late)).hasMessage("run 1: expected event 3, was 4");
  }

  @Test
  void aSnapshotStaysAsItWas() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a");
    RunView before = run.run().view();
    Run snapshot = run.run().snapshot();

    run.done("a");

    assertThat(snapshot.view()).isEqualTo(before);
    assertThat(snapshot.openNeeds(1)).isEqualTo(1);
    assertThat(before.tasks()).extracting(task -> task.id().value()).containsExactly("a", "b");
  }

  @Test
  void aRunOfExactlyTheLimitIsShownWithAllItsTasks() {
    String[] lines = new String[RunView.MAX_TASKS_OF_CHANGE];
    Arrays.setAll(lines, i -> "t" + i + " 1S");
    Run run = OneRun.of(lines).run();

    assertThat(run.viewOfChange(Set.of()).tasks()).hasSize(RunView.MAX_TASKS_OF_CHANGE);
    assertThat(run.view().withoutTasksIfLarge().tasks()).hasSize(RunView.MAX_TASKS_OF_CHANGE);
  }
}
