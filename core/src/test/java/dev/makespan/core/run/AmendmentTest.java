package dev.makespan.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.task.TaskCommand;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendmentTest {

  @Test
  void tasksThatNobodyHadAreAddedChangedAndRemoved() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S", "d 1S needs c").start("a");

    run.accept(amend("new 1S", "a 1S", "b 2S", "d 1S needs new,a"));

    assertThat(run.states()).isEqualTo("RUNNING new:Ready a:Running b:Ready d:Waiting");
    assertThat(run.run().spec().planVersion()).isEqualTo(2);
    assertThat(run.replayed().view()).isEqualTo(run.run().view());
  }

  @Test
  void aReadyTaskThatGetsANeedWaitsAgain() {
    OneRun run = OneRun.of("a 1S", "b 1S");

    assertThat(run.accept(amend("a 1S", "b 1S needs a")).states())
        .isEqualTo("RUNNING a:Ready b:Waiting");
  }

  @Test
  void everythingThatStandsAgainstItIsSaid() {
    OneRun run = OneRun.of("a 1S", "b 1S", "c 1S").start("a").start("b").done("c");

    RunDecision.Refused refused = run.refuse(amend("a 1S writes x", "c 2S"));

    assertThat(refused.problems())
        .containsExactly(
            "task 'a' has started and can't be changed: files",
            "task 'b' has started and can't be removed",
            "task 'c' has started and can't be changed: duration");
    assertThat(run.states()).isEqualTo("RUNNING a:Running b:Running c:Done");
  }

  @Test
  void aTaskThatFailedOnceHasStarted() {
    OneRun run = OneRun.of("a 1S", "b 1S").fail("a");

    assertThat(run.refuse(amend("b 1S")).problems())
        .containsExactly("task 'a' has started and can't be removed");
  }

  @Test
  void whatWasSkippedComesBackWhenItNoLongerNeedsWhatFailed() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S").fail("a");

    assertThat(run.accept(amend("a 1S", "b 1S", "c 1S")).states())
        .isEqualTo("RUNNING a:Failed b:Ready c:Ready");
  }

  @Test
  void whatNowNeedsWhatFailedIsSkipped() {
    OneRun run = OneRun.of("a 1S", "b 1S", "c 1S").fail("a");

    assertThat(run.accept(amend("a 1S", "b 1S needs a", "c 1S", "d 1S needs b")).states())
        .isEqualTo("RUNNING a:Failed b:Skipped c:Ready d:Skipped");
  }

  @Test
  void aRunWhoseLastTasksAreRemovedIsDone() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S").done("a");

    assertThat(run.accept(amend("a 1S")).states()).isEqualTo("DONE a:Done");
  }

  @Test
  void aPhaseThatWasPassedGetsNoWork() {
    OneRun run =
        OneRun.of("phase one barrier", "phase two", "a 1S phase one", "b 1S phase two")
            .done("a")
            .start("b");

    RunDecision.Refused refused =
        run.refuse(
            amend(
                "phase one barrier",
                "phase two",
                "a 1S phase one",
                "late 1S phase one",
                "b 1S phase two"));

    assertThat(refused.problems())
        .containsExactly("task 'b' has started and would have to wait for an earlier phase");
  }

  @Test
  void anotherPlanIsNoVersionOfThisOne() {
    OneRun run = OneRun.of("a 1S");
    Plan plan = PlanText.plan("a 1S");
    Plan other =
        new Plan(
            "other",
            plan.title(),
            plan.day(),
            plan.parameters(),
            plan.pools(),
            plan.resources(),
            plan.ranges(),
            plan.files(),
            plan.phases(),
            plan.tasks(),
            plan.risks(),
            plan.workspace(),
            plan.intakeLimit(),
            plan.budget(),
            plan.coordination(),
            plan.dispatching());

    assertThat(run.refuse(new RunCommand.Amend(other, 2)).message())
        .isEqualTo("expected a version of plan 'test', was 'other'");
  }

  @Test
  void aPolicyThatChangesWhatAStartedTaskLocksIsRefused() {
    OneRun run = OneRun.of("file notes.md append", "a 1S writes notes.md", "b 1S").start("a");

    assertThat(run.refuse(amend("a 1S writes notes.md", "b 1S")).problems())
        .containsExactly("task 'a' has started and would lock other files");
  }

  @Test
  void aStartedTaskKeepsItsNumbers() {
    Plan plan = numbered("a 1S", "b 1S");
    OneRun run = OneRun.of(plan).start("b");

    RunDecision.Refused refused =
        run.refuse(new RunCommand.Amend(numbered("a 1S", "c 1S", "b 1S"), 2));

    assertThat(refused.problems())
        .containsExactly("task 'b' has started and would get other numbers of range 'ports'");
    run.accept(new RunCommand.Amend(numbered("a 1S", "b 1S", "c 1S"), 2));
  }

  @Test
  void theSameVersionAgainChangesNothing() {
    OneRun run = OneRun.of("a 1S").accept(amend("a 1S", "b 1S"));
    long position = run.run().position();

    run.accept(amend("a 1S", "b 1S"));

    assertThat(run.run().position()).isEqualTo(position);
  }

  @Test
  void whatAPersonLeftOutStaysLeftOut() {
    OneRun run = OneRun.of("a 1S", "b 1S needs a", "c 1S");

    run.accept("a", new TaskCommand.LeaveOut("no")).accept(amend("a 2S", "b 1S needs a", "c 1S"));

    assertThat(run.states()).isEqualTo("RUNNING a:Skipped b:Ready c:Ready");
  }

  private static RunCommand amend(String... plan) {
    return new RunCommand.Amend(PlanText.plan(plan), 2);
  }

  private static Plan numbered(String... lines) {
    Plan plan = PlanText.plan(lines);
    List<Task> tasks =
        plan.tasks().stream().map(task -> task.withRanges(List.of("ports"))).toList();
    return plan.withTasks(tasks).withRanges(List.of(new NumberRange("ports", 100, 10, 10)));
  }
}
