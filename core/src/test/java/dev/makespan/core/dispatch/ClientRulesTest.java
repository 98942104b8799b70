package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRulesTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void aPausedRunStartsNothingNewAndFinishesWhatIsLive() {
    Rehearsal rehearsal = rehearsal(1, "a 10S", "b 10S needs a");
    at(rehearsal, 5, () -> rehearsal.change(new RunCommand.Pause("a look")));
    at(rehearsal, 60, () -> rehearsal.change(new RunCommand.Resume()));

    Run run = rehearsal.run(HOUR);

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofSeconds(70));
    assertThat(run.life(0).attempts().getLast().finishedAt())
        .isEqualTo(Rehearsal.T0.plusSeconds(10));
  }

  @Test
  void aPauseOutlivesTheSchedulerThatHeardOfIt() {
    Rehearsal rehearsal = rehearsal(1, "a 10S", "b 10S");
    at(rehearsal, 5, () -> rehearsal.change(new RunCommand.Pause("a look")));
    at(rehearsal, 20, rehearsal::restartScheduler);
    at(rehearsal, 60, () -> rehearsal.change(new RunCommand.Resume()));

    Run run = rehearsal.run(HOUR);

    assertThat(Rehearsal.makespanOf(run)).isEqualTo(Duration.ofSeconds(70));
  }

  @Test
  void theAgentOfACancelledTaskIsToldAndTheOthersGoOn() {
    Rehearsal rehearsal = rehearsal(2, "a 60S", "b 30S");
    at(rehearsal, 10, () -> rehearsal.change("a", new TaskCommand.Cancel("not this")));

    Run run = rehearsal.run(HOUR);

    assertThat(states(run)).containsExactly("Cancelled", "Done");
    assertThat(run.life(0).attempts().getLast().finishedAt())
        .isEqualTo(Rehearsal.T0.plusSeconds(10));
    assertThat(run.state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void aBlockedTaskGivesItsSlotAndLocksBackAndItsNextAttemptHearsTheAnswer() {
    Rehearsal rehearsal = rehearsal(1, "a 50S writes x", "b 20S writes x");
    at(rehearsal, 10, () -> raise(rehearsal, "a", false));
    at(rehearsal, 40, () -> answer(rehearsal, "a"));

    Run run = rehearsal.run(HOUR);

    assertThat(run.life(1).attempts().getFirst().startedAt()).isEqualTo(after(10));
    assertThat(run.life(0).attempts().getLast().startedAt()).isEqualTo(after(40));
    assertThat(run.life(0).attempts().getFirst().outcome()).isEqualTo(Attempt.Outcome.BLOCKED);
    assertThat(run.life(0).counters().attempts()).isZero();
    assertThat(rehearsal.inputs()).contains("a: asked: which one?; answered by ann: the second");
  }

  @Test
  void anAttemptThatWaitsKeepsItsSlotItsLocksAndItsTime() {
    Rehearsal rehearsal = rehearsal(2, "a 50S writes x timeout 60S", "b 20S writes x");
    at(rehearsal, 10, () -> raise(rehearsal, "a", true));
    List<String> seen = new ArrayList<>();
    at(rehearsal, 39, () -> seen.add(state(rehearsal, "a") + " " + state(rehearsal, "b")));
    at(rehearsal, 40, () -> answer(rehearsal, "a"));
    at(rehearsal, 41, () -> seen.add(state(rehearsal, "a")));

    Run run = rehearsal.run(HOUR);

    assertThat(seen).containsExactly("Held Ready", "Running");
    assertThat(run.life(0).attempts()).hasSize(1);
    assertThat(run.life(1).attempts().getFirst().startedAt()).isEqualTo(after(50));
  }

  @Test
  void theQuestionOfALostAgentWaitsForItsAnswerWithoutIt() {
    Rehearsal rehearsal = rehearsal(2, "a 100S", "b 300S");
    at(rehearsal, 10, () -> raise(rehearsal, "a", true));
    at(rehearsal, 11, () -> rehearsal.agent(holder(rehearsal, "a")).dieForGood());
    List<String> seen = new ArrayList<>();
    at(rehearsal, 90, () -> seen.add(rehearsal.life("a").state().toString()));
    at(rehearsal, 320, () -> answer(rehearsal, "a"));

    Run run = rehearsal.run(HOUR);

    assertThat(seen.getFirst()).contains("Held", "keptFence=0");
    assertThat(run.state()).isEqualTo(RunState.DONE);
    assertThat(run.life(0).attempts()).hasSize(2);
  }

  @Test
  void reportedWorkWaitsForItsApprovalWithoutASlotButWithItsLocks() {
    Rehearsal rehearsal =
        real(1, "a 10S writes x approval lead", "b 20S writes y", "c 5S writes x");
    at(rehearsal, 200, () -> rehearsal.change("a", new TaskCommand.Approve("lead", "ann", "")));

    Run run = rehearsal.run(HOUR);

    assertThat(run.life(1).attempts()).hasSize(1);
    assertThat(run.life(1).attempts().getFirst().finishedAt()).isBefore(after(200));
    assertThat(run.life(2).attempts().getFirst().startedAt()).isEqualTo(after(200));
    assertThat(run.life(0).attempts()).hasSize(1);
    assertThat(run.state()).isEqualTo(RunState.DONE);
  }

  @Test
  void declinedWorkIsTriedAgainWithTheNoteAsItsInput() {
    Rehearsal rehearsal = real(1, "a 10S approval lead gates 2");
    at(rehearsal, 20, () -> decline(rehearsal));
    at(rehearsal, 60, () -> decline(rehearsal));

    Run run = rehearsal.run(HOUR);

    assertThat(rehearsal.inputs())
        .containsExactly("a: ", "a: approval: lead: ann declined: too slow");
    assertThat(states(run)).containsExactly("Failed");
    assertThat(run.life(0).counters().gates()).isEqualTo(2);
  }

  @Test
  void anAmendedRunKeepsItsLeasesItsLocksAndItsClocks() {
    Rehearsal rehearsal =
        rehearsal(2, "a 60S writes x", "b 60S timeout 50S backoff 1S", "c 5S writes x");
    at(
        rehearsal,
        10,
        () ->
            rehearsal.change(
                amend(
                    "new 5S writes z",
                    "c 5S writes x",
                    "b 60S timeout 50S backoff 1S",
                    "a 60S writes x")));

    Run run = rehearsal.run(HOUR);

    assertThat(run.spec().planVersion()).isEqualTo(2);
    assertThat(run.life(3).attempts()).hasSize(1);
    assertThat(run.life(1).attempts().getFirst().startedAt()).isAfterOrEqualTo(after(60));
    assertThat(run.life(2).attempts().getFirst().message()).contains("timeout of PT50S");
    assertThat(run.life(0).state()).isInstanceOf(TaskState.Done.class);
  }

  @Test
  void filesThatWereGrantedLateStayWithTheirAttemptInAnAmendedRun() {
    Rehearsal rehearsal = rehearsal(2, "a 60S writes x", "b 5S");
    at(
        rehearsal,
        3,
        () -> {
          List<FileAccess> files = List.of(new FileAccess(new FilePattern("y"), FileMode.WRITE));
          LiveRun live = rehearsal.shard().books().run(rehearsal.spec().id());
          assertThat(live.askLate(0, "r", files)).isEqualTo(new LateAnswer.Granted(files));
        });
    at(rehearsal, 10, () -> rehearsal.change(amend("c 5S writes y", "b 5S", "a 60S writes x")));

    Run run = rehearsal.run(HOUR);

    assertThat(run.life(0).attempts().getFirst().startedAt()).isEqualTo(after(60));
  }

  @Test
  void whatHappensToALeaseAfterAnAmendmentIsNoticed() {
    Rehearsal rehearsal = rehearsal(2, "a 60S", "b 300S");
    at(rehearsal, 10, () -> rehearsal.change(amend("new 1S", "b 300S", "a 60S")));
    at(rehearsal, 11, () -> rehearsal.agent(holder(rehearsal, "a")).die());

    Run run = rehearsal.run(HOUR);

    assertThat(run.state()).isEqualTo(RunState.DONE);
    assertThat(run.life(2).attempts().getFirst().outcome()).isEqualTo(Attempt.Outcome.LOST);
  }

  @Test
  void aChangeOfARunThatIsNotThereIsRefused() {
    Rehearsal rehearsal = rehearsal(1, "a 10S");
    at(rehearsal, 5, () -> rehearsal.change("nobody", new TaskCommand.Retry("")));
    at(rehearsal, 5, () -> rehearsal.change("a", new TaskCommand.LeaveOut("")));

    rehearsal.run(HOUR);
    rehearsal.change(new RunCommand.Pause("late"));

    assertThat(rehearsal.refusals())
        .extracting(refusal -> refusal.getClass().getSimpleName())
        .containsExactly("UnknownTask", "NotPossible", "AlreadyFinished");
  }

  private static Rehearsal rehearsal(int agents, String... lines) {
    return new Rehearsal(PlanText.plan(lines), 1, 1).agents("dev", agents);
  }

  private static Rehearsal real(int agents, String... lines) {
    return new Rehearsal(PlanText.plan(lines), 1, 1, false).agents("dev", agents);
  }

  private static RunCommand amend(String... lines) {
    return new RunCommand.Amend(PlanText.plan(lines), 2);
  }

  private static void at(Rehearsal rehearsal, int second, Runnable what) {
    rehearsal.at(Duration.ofSeconds(second), what);
  }

  private static void raise(Rehearsal rehearsal, String task, boolean keep) {
    long fence = rehearsal.life(task).state().liveFence();
    rehearsal.change(task, new TaskCommand.RaiseBlocker(fence, "q", "which one?", keep));
  }

  private static void answer(Rehearsal rehearsal, String task) {
    rehearsal.change(task, new TaskCommand.AnswerBlocker("", "the second", "ann"));
  }

  private static void decline(Rehearsal rehearsal) {
    rehearsal.change("a", new TaskCommand.Decline("lead", "ann", "too slow"));
  }

  private static String holder(Rehearsal rehearsal, String task) {
    return rehearsal.life(task).attempts().getLast().agent().value();
  }

  private static String state(Rehearsal rehearsal, String task) {
    return rehearsal.life(task).state().getClass().getSimpleName();
  }

  private static Instant after(int seconds) {
    return Rehearsal.T0.plusSeconds(seconds);
  }

  private static List<String> states(Run run) {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < run.size(); i++) {
      states.add(run.life(i).state().getClass().getSimpleName());
    }
    return states;
  }
}
