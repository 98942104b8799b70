package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an assignment says of its task, and what becomes of runs that nobody has any more. */
class AssignmentsTest {

  private static final TaskCommand RETRY = new TaskCommand.Retry("again");

  @Test
  void anAssignmentNamesTheGatesThatTheAgentTriesAndTheMetricsThatItReports() {
    TaskSpec spec =
        new Talk()
            .hello("a1", 1)
            .start("x 1h gate make metric tests.failed<=0 approval lead")
            .assigned()
            .spec();

    assertThat(spec.gates()).containsExactly("run: make");
    assertThat(spec.metrics()).extracting(metric -> metric.name()).containsExactly("tests.failed");
    assertThat(spec.surroundings().workspace()).isNull();
    assertThat(spec.surroundings().deliverables()).isEmpty();
  }

  @Test
  void everyTaskThatAsksForARangeGetsNumbersOfItsOwn() {
    Plan plan = PlanText.plan("a 1h", "b 1h needs a", "c 1h needs a");
    List<Task> tasks = new ArrayList<>(plan.tasks());
    tasks.set(0, tasks.get(0).withRanges(List.of("ports")));
    tasks.set(1, tasks.get(1).withRanges(List.of("ports")));
    Plan numbered =
        plan.withTasks(tasks)
            .withRanges(
                List.of(new NumberRange("other", 0, 1, 1), new NumberRange("ports", 100, 10, 10)));
    Talk talk = new Talk().hello("a1", 1).start(numbered, true);

    assertThat(talk.assigned().spec().ranges())
        .containsExactly(new TaskSpec.AssignedRange("ports", 100, 109));
    talk.say("a1", talk.result("a"));
    assertThat(talk.assigned().spec().ranges())
        .containsExactly(new TaskSpec.AssignedRange("ports", 110, 119));
    talk.say("a1", talk.result("b"));
    assertThat(talk.assigned().spec().ranges()).isEmpty();
  }

  @Test
  void anAssignmentTellsWhatItsNeedsPutOut() {
    Talk talk = new Talk().hello("a1", 1).start("a 1h", "b 1h needs a");
    AgentSays.Result result =
        new AgentSays.Result(
            talk.ref("a"),
            "r-1",
            AgentSays.Outcome.OK,
            "",
            Map.of(),
            List.of(),
            List.of(),
            "c0ffee",
            List.of(),
            Usage.NONE,
            Map.of("port", "8080"));

    talk.say("a1", result);

    TaskContext context = talk.assigned().context();
    assertThat(context.predecessors())
        .extracting(need -> need.outputs())
        .containsExactly(Map.of("port", "8080"));
    assertThat(context.predecessorsLeftOut()).isZero();
  }

  @Test
  void needsBeyondTheLimitAreCounted() {
    List<String> lines = new ArrayList<>();
    List<String> needs = new ArrayList<>();
    for (int i = 0; i <= Assignments.MAX_PREDECESSORS; i++) {
      lines.add("t" + i + " 1h");
      needs.add("t" + i);
    }
    lines.add("last 1h needs " + String.join(",", needs));
    Talk talk = new Talk().hello("a1", 1).start(lines.toArray(String[]::new));

    needs.forEach(task -> talk.say("a1", talk.result(task)));

    GatewaySays.Assign last = talk.assigned();
    assertThat(last.task().task().value()).isEqualTo("last");
    assertThat(last.context().predecessors()).hasSize(Assignments.MAX_PREDECESSORS);
    assertThat(last.context().predecessorsLeftOut()).isEqualTo(1);
  }

  @Test
  void aFinishedRunIsForgottenAndALiveOneIsNot() {
    Talk talk = new Talk().hello("a1", 1).start("a 1h");
    talk.shard().forget(Talk.RUN);
    assertThat(talk.run().state()).isEqualTo(RunState.RUNNING);

    talk.say("a1", talk.result("a"));
    talk.shard().forget(Talk.RUN);

    assertThat(talk.shard().findRun(Talk.RUN)).isNull();
    assertThat(talk.hand(new ShardInput.CancelRun(Talk.RUN, "x")))
        .isEqualTo(new Outcome.UnknownRun("run 1 is not known"));
    assertThat(talk.hand(new ShardInput.ChangeRun(Talk.RUN, new RunCommand.Pause("x"))))
        .isEqualTo(new Outcome.UnknownRun("run 1 is not known"));
    assertThat(talk.wait(60).heard()).isEmpty();
  }

  @Test
  void anEndedRunIsNeitherCancelledNorPaused() {
    Talk talk = new Talk().hello("a1", 1).start("a 1h");
    talk.say("a1", talk.result("a"));
    Outcome ended = new Outcome.AlreadyFinished("run 1 has ended: DONE");

    assertThat(talk.hand(new ShardInput.CancelRun(Talk.RUN, "x"))).isEqualTo(ended);
    assertThat(talk.hand(new ShardInput.ChangeRun(Talk.RUN, new RunCommand.Pause("x"))))
        .isEqualTo(ended);
  }

  @Test
  void aRunThatWasForgottenGoesOnWhenItsTaskIsTriedAgain() {
    Talk talk = failed();
    Run away = talk.run().snapshot();
    talk.shard().forget(Talk.RUN);
    assertThat(talk.shard().findRun(Talk.RUN)).isNull();

    talk.hand(new ShardInput.ReopenRun(away, onTask("a", RETRY)));

    assertThat(talk.run().state()).isEqualTo(RunState.RUNNING);
    assertThat(talk.heard()).containsExactly("a1 Assign a");
  }

  @Test
  void aRunThatWasForgottenAndDoesNotGoOnIsNotKept() {
    Talk talk = failed();
    Run away = talk.run().snapshot();
    talk.shard().forget(Talk.RUN);

    Outcome outcome = talk.hand(new ShardInput.ReopenRun(away, onTask("none", RETRY)));

    assertThat(outcome).isEqualTo(new Outcome.UnknownTask("run 1 has no task none"));
    assertThat(talk.shard().findRun(Talk.RUN)).isNull();
  }

  @Test
  void aRunThatIsHereStaysWhetherOrNotItGoesOn() {
    Talk talk = failed();

    talk.hand(new ShardInput.ReopenRun(talk.run().snapshot(), onTask("none", RETRY)));

    assertThat(talk.run().state()).isEqualTo(RunState.FAILED);
  }

  private static Talk failed() {
    Talk talk = new Talk().hello("a1", 1).start("a 1h");
    return talk.say(
        "a1",
        new AgentSays.Result(
            talk.ref("a"),
            "r-1",
            AgentSays.Outcome.FATAL,
            "broken",
            Map.of(),
            List.of(),
            List.of()));
  }

  private static RunCommand onTask(String task, TaskCommand command) {
    return new RunCommand.OnTask(new TaskId(task), command);
  }

  @Test
  void aPlansIntakeCountsItsWaitingRunsAlone() {
    Talk talk = new Talk().start("intake 2", "a 1h");

    assertThat(start(talk, 2)).isInstanceOf(Outcome.Step.class);
    assertThat(start(talk, 3)).isInstanceOf(Outcome.IntakeFull.class);
    talk.hello("a1", 1).accept("a1", "a");
    assertThat(start(talk, 4)).isInstanceOf(Outcome.Step.class);
  }

  private static Outcome start(Talk talk, long run) {
    Plan plan = PlanText.plan("intake 2", "a 1h");
    return talk.hand(
        new ShardInput.StartRun(new RunSpec(new RunId(run), plan, 1, Map.of(), true, 1, Talk.T0)));
  }

  @Test
  void anAgentThatTakesNothingNowIsSaidToDrainToBeSilentOrToRest() {
    Talk talk = new Talk().hello("busy", 1).hello("drains", 1).hello("rests", 1).hello("silent", 1);
    talk.start("a 1h", "b 1h", "c 1h", "d 1h");
    talk.say("drains", new AgentSays.Draining("leaving"));
    assertThat(noAgent(talk, "a")).isNull();

    String resting = taskOf(talk, "rests");
    talk.say("rests", new AgentSays.Refuse(talk.ref(resting), "no"));
    String silent = taskOf(talk, "silent");
    talk.accept("silent", silent).accept("drains", taskOf(talk, "drains"));
    talk.accept("busy", taskOf(talk, "busy"));

    Reason.NoAgent why = Objects.requireNonNull(noAgent(talk, resting));
    assertThat(why.connected()).isEqualTo(4);
    assertThat(why.draining()).isEqualTo(1);
    assertThat(why.resting()).isEqualTo(1);
    assertThat(why.busy()).isEqualTo(2);
    assertThat(why.expectedAt()).isEqualTo(Talk.T0.plusSeconds(3_600));
  }

  private static String taskOf(Talk talk, String agent) {
    for (int i = 0; i < talk.run().size(); i++) {
      if (!talk.run().life(i).attempts().isEmpty()
          && talk.run().life(i).attempts().getLast().agent().toString().equals(agent)) {
        return talk.run().task(i).id().value();
      }
    }
    throw new AssertionError(agent + " has nothing");
  }

  private static Reason.@Nullable NoAgent noAgent(Talk talk, String task) {
    Situation situation = Objects.requireNonNull(talk.shard().findSituation(Talk.RUN, talk.now()));
    return Explain.of(situation, null).tasks().stream()
        .filter(told -> told.task().value().equals(task))
        .flatMap(told -> told.reasons().stream())
        .filter(Reason.NoAgent.class::isInstance)
        .map(Reason.NoAgent.class::cast)
        .findFirst()
        .orElse(null);
  }
}
