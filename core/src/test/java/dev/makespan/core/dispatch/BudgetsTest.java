package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.run.BudgetChange;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is used, against what may be. */
class BudgetsTest {

  private final Talk talk = new Talk();

  @Test
  void aRunAtItsLimitPausesWhileWhatIsLiveGoesOn() {
    begin("budget tokens=100", "a 10m", "b 10m", "c 10m");

    used("a1", "a", 70, 0);
    used("a2", "b", 40, 0);

    assertThat(run().state()).isEqualTo(RunState.PAUSED);
    assertThat(run().reason()).isEqualTo("budget: 110 of 100 tokens are used");
    assertThat(stateOf("a")).isInstanceOf(TaskState.Running.class);
    talk.say("a1", talk.result("a"));
    assertThat(stateOf("a")).isInstanceOf(TaskState.Done.class);
    assertThat(stateOf("c")).isInstanceOf(TaskState.Ready.class);
    assertThat(kinds("c")).contains("BudgetSpent").doesNotContain("RunIsPaused");
  }

  @Test
  void aPausedRunGoesOnWithAHigherLimitAndNotWithoutOne() {
    begin("budget tokens=100", "a 10m", "b 10m", "c 10m");
    used("a1", "a", 100, 0);

    Outcome refused = talk.hand(new ShardInput.ChangeRun(Talk.RUN, new RunCommand.Resume()));
    Outcome tooLow =
        talk.hand(
            new ShardInput.ChangeRun(
                Talk.RUN, new RunCommand.Resume(new BudgetChange(99L, null, null), "ann")));
    talk.change(new RunCommand.Resume(new BudgetChange(1_000L, null, null), "ann"));

    assertThat(refused.toString())
        .contains("100 of 100 tokens are used")
        .contains("lift it with tokens=0");
    assertThat(tooLow.toString()).contains("100 of 99 tokens are used");
    assertThat(run().state()).isEqualTo(RunState.RUNNING);
    assertThat(run().budget()).isEqualTo(new Budget(1_000, 0, 0));
  }

  @Test
  void aLimitIsRaisedBeforeItIsReached() {
    begin("budget tokens=100", "a 10m", "b 10m");

    talk.change(new RunCommand.Resume(new BudgetChange(0L, 5.0, null), "ann"));
    used("a1", "a", 1_000, 4);

    assertThat(run().state()).isEqualTo(RunState.RUNNING);
    used("a2", "b", 1, 1);
    assertThat(run().reason()).isEqualTo("budget: cost 5 of 5 is used");
  }

  @Test
  void aRunThatReportsNothingStopsByTheTimeOfItsAgents() {
    begin("budget hours=1", "a 10h", "b 10h", "c 10m");

    waitRenewing(29 * 60);
    assertThat(run().state()).isEqualTo(RunState.RUNNING);
    assertThat(talk.shard().nextDeadline()).isNotNull();
    waitRenewing(60);

    assertThat(run().state()).isEqualTo(RunState.PAUSED);
    assertThat(run().reason()).isEqualTo("budget: 1 of 1 agent hours are used");
  }

  @Test
  void aTaskOverItsBudgetIsHeldAndItsAgentStops() {
    begin("a 10m budget cost=2", "b 10m needs a");
    long fence = talk.ref("a").fence();

    used("a1", "a", 0, 2.5);

    assertThat(talk.heard()).contains("a1 LeaseLost a");
    assertThat(stateOf("a")).isEqualTo(new TaskState.Held("budget: cost 2.5 of 2 is used", 0));
    assertThat(run().life(0).attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.BLOCKED);
    assertThat(run().life(0).findAttempt(fence)).isNotNull();
    assertThat(kinds("a")).containsExactly("BudgetSpent");
    assertThat(run().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aPersonWhoTriesItAgainGivesItItsBudgetAgain() {
    begin("a 10m budget cost=2");
    used("a1", "a", 0, 2.5);

    talk.change("a", new TaskCommand.Retry("worth it"));
    talk.say("a1", new AgentSays.Accept(talk.ref("a")));
    used("a1", "a", 0, 1.5);

    assertThat(stateOf("a")).isInstanceOf(TaskState.Running.class);
    used("a1", "a", 0, 2);
    assertThat(stateOf("a")).isInstanceOf(TaskState.Held.class);
  }

  @Test
  void theNextAttemptOfATaskThatUsedAllIsNotBegun() {
    begin("a 10m budget tokens=100");

    talk.say("a1", result("a", AgentSays.Outcome.FAILED, new Usage(100, 20, 0)));

    assertThat(stateOf("a")).isEqualTo(new TaskState.Held("budget: 120 of 100 tokens are used", 0));
  }

  @Test
  void whatEndsWellIsDoneWhateverItHasUsed() {
    begin("budget tokens=100", "a 10m budget tokens=100");

    talk.say("a1", result("a", AgentSays.Outcome.OK, new Usage(100, 20, 0)));

    assertThat(run().state()).isEqualTo(RunState.DONE);
  }

  @Test
  void aTasksTimeEndsByItself() {
    begin("a 10h budget hours=0.5");

    waitRenewing(29 * 60);
    assertThat(stateOf("a")).isInstanceOf(TaskState.Running.class);
    waitRenewing(60);

    assertThat(stateOf("a"))
        .isEqualTo(new TaskState.Held("budget: 0.5 of 0.5 agent hours are used", 0));
  }

  @Test
  void whatALostAttemptHasSaidCounts() {
    begin("budget tokens=100", "a 10m", "b 10m");
    used("a1", "a", 60, 0);

    talk.wait(31).wait(5);
    long after = run().view().budget().spent().tokens();

    assertThat(after).isEqualTo(60);
  }

  @Test
  void smallStepsAreNotWrittenDown() {
    begin("budget tokens=1000", "a 10m");
    long before = run().position();

    used("a1", "a", 19, 0);
    long small = run().position();
    used("a1", "a", 20, 0);

    assertThat(small).isEqualTo(before);
    assertThat(run().position()).isEqualTo(before + 1);
  }

  @Test
  void numbersBeyondAllMeasureAreJustTooMuch() {
    begin("budget tokens=100", "a 10m", "b 10m");

    talk.say("a1", progress("a", new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 1e300)));
    talk.say("a2", progress("b", new Usage(Long.MAX_VALUE, Long.MAX_VALUE, 1e300)));

    assertThat(run().state()).isEqualTo(RunState.PAUSED);
    assertThat(run().view().budget().spent().tokens()).isEqualTo(Long.MAX_VALUE);
  }

  /** Two agents of one slot each, and what they are given is accepted. */
  private void begin(String... plan) {
    talk.hello("a1", 1).hello("a2", 1).start(plan);
    for (int i = 0; i < Math.min(2, run().size()); i++) {
      if (stateAt(i) instanceof TaskState.Leased leased) {
        talk.accept(leased.agent().value(), run().task(i).id().value());
      }
    }
  }

  private void used(String agent, String task, long tokens, double cost) {
    talk.say(agent, progress(task, new Usage(tokens, 0, cost)));
  }

  private AgentSays progress(String task, Usage usage) {
    return new AgentSays.Progress(talk.ref(task), 50, "", "", usage, List.of());
  }

  private AgentSays result(String task, AgentSays.Outcome outcome, Usage usage) {
    return new AgentSays.Result(
        talk.ref(task),
        "r-" + task,
        outcome,
        "",
        java.util.Map.of(),
        List.of(),
        List.of(),
        "",
        List.of(),
        usage,
        java.util.Map.of());
  }

  private void waitRenewing(int seconds) {
    Duration step = Duration.ofSeconds(20);
    for (long left = seconds; left > 0; left -= step.toSeconds()) {
      for (int i = 0; i < run().size(); i++) {
        if (stateAt(i) instanceof TaskState.Running running) {
          String agent = running.agent().value();
          talk.say(agent, new AgentSays.Status(List.of(talk.ref(run().task(i).id().value())), 0));
        }
      }
      talk.wait((int) Math.min(left, step.toSeconds()));
    }
  }

  private Run run() {
    return talk.run();
  }

  private TaskState stateAt(int task) {
    return run().life(task).state();
  }

  private TaskState stateOf(String task) {
    return talk.life(task).state();
  }

  private List<String> kinds(String task) {
    Situation situation = talk.shard().findSituation(Talk.RUN, talk.now());
    assertThat(situation).isNotNull();
    return Explain.of(situation, new dev.makespan.core.plan.TaskId(task))
        .tasks()
        .getFirst()
        .reasons()
        .stream()
        .map(reason -> reason.getClass().getSimpleName())
        .toList();
  }
}
