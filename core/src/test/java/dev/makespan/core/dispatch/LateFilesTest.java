package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Live attempts ask for files that their tasks do not declare. */
class LateFilesTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final RunSpec SPEC =
      new RunSpec(
          new RunId(1),
          PlanText.plan("a 3h writes a", "b 1h writes b", "c 1h needs b writes late"),
          1,
          Map.of(),
          true,
          1,
          T0);

  private final List<RunEvent> journal = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));

  /** One works on a, the other on b. */
  LateFilesTest() {
    open("one", List.of());
    open("two", List.of());
    handle(new ShardInput.StartRun(SPEC));
    say("one", new AgentSays.Accept(ref("a")));
    say("two", new AgentSays.Accept(ref("b")));
  }

  @Test
  void freeFilesAreTheAttemptsOnceThatIsJournaled() {
    ask("one", "q", "late");

    assertThat(answers("one")).containsExactly("q GRANTED");
    assertThat(run().life(0).grantedFiles().getFirst().files()).isEqualTo(write("late"));
    finish("two", "b");
    assertThat(stateOf("c")).isInstanceOf(TaskState.Ready.class);
    finish("one", "a");
    assertThat(stateOf("c")).isInstanceOf(TaskState.Leased.class);
  }

  @Test
  void theSameRequestAgainIsOneGrantAndTwoAnswers() {
    ask("one", "q", "late");
    long before = run().position();

    ask("one", "q", "late");

    assertThat(run().position()).isEqualTo(before);
    assertThat(answers("one")).containsExactly("q GRANTED", "q GRANTED");
  }

  @Test
  void whoeverWaitsIsToldWhenTheFilesAreFree() {
    ask("one", "q", "b");
    assertThat(answers("one")).containsExactly("q QUEUED it waits for task b");

    finish("two", "b");

    assertThat(answers("one")).containsExactly("q QUEUED it waits for task b", "q GRANTED");
    assertThat(run().life(0).grantedFiles().getFirst().files()).isEqualTo(write("b"));
  }

  @Test
  void whatWasGrantedAndWhatIsAskedForIsNamedToThoseWhoWait() {
    ask("one", "q", "late");
    ask("one", "p", "b");
    finish("two", "b");

    assertThat(reasonsOf("c"))
        .singleElement()
        .isInstanceOfSatisfying(
            Reason.LockHeld.class,
            held -> assertThat(held.path() + " " + held.holder()).isEqualTo("late a"));
  }

  @Test
  void bothSidesOfAConflictAreWarnedAtOnceAndOnlyOnce() {
    ask("one", "q", "b");
    ask("one", "q", "b");

    assertThat(warnings("one"))
        .containsExactly("a: task b has to do with b, too: the two may conflict");
    assertThat(warnings("two"))
        .containsExactly(
            "b: task a writes b, with which this one has to do, too: the two may conflict");
  }

  @Test
  void whoAsksForFreeFilesWarnsNobody() {
    ask("one", "q", "late");

    assertThat(warnings("one")).isEmpty();
    assertThat(warnings("two")).isEmpty();
  }

  @Test
  void whoMayNotWaitIsWarnedAllTheSameAsIsTheOther() {
    ask("one", "q", "b");

    ask("two", "q", "a");

    assertThat(warnings("two").getLast()).startsWith("b: task a has to do with a");
    assertThat(warnings("one").getLast()).startsWith("a: task b writes a");
  }

  @Test
  void aCircleOfWaitingIsRefused() {
    ask("one", "q", "b");

    ask("two", "q", "a");

    assertThat(answers("two")).singleElement().asString().startsWith("q REFUSED it would wait for");
  }

  @Test
  void aNewOwnerOfTheShardHoldsWhatWasGranted() {
    ask("one", "q", "late");

    restart();
    finish("two", "b");

    assertThat(stateOf("c")).isInstanceOf(TaskState.Ready.class);
    ask("one", "q", "late");
    assertThat(answers("one")).containsExactly("q GRANTED", "q GRANTED");
    finish("one", "a");
    assertThat(stateOf("c")).isInstanceOf(TaskState.Leased.class);
  }

  @Test
  void whoeverHasNoLiveAttemptIsTold() {
    TaskRef old = new TaskRef(SPEC.id(), new TaskId("a"), ref("a").fence() - 1);

    say("one", new AgentSays.RequestFiles(old, "q", write("late"), ""));

    assertThat(told("one")).contains(new GatewaySays.LeaseLost(old));
    assertThat(answers("one")).isEmpty();
  }

  @Test
  void aCancelledAttemptHearsThatInsteadAndGetsNothing() {
    handle(
        new ShardInput.ChangeRun(
            SPEC.id(), new RunCommand.OnTask(new TaskId("a"), new TaskCommand.Cancel("no"))));
    effects.clear();

    ask("one", "q", "late");

    assertThat(told("one")).singleElement().isInstanceOf(GatewaySays.Cancel.class);
    assertThat(run().life(0).grantedFiles()).isEmpty();
  }

  @Test
  void progressDoesNotMultiplyTheClockOfAnAttempt() {
    Shard timed = shard;
    handle(
        new ShardInput.StartRun(
            new RunSpec(new RunId(2), PlanText.plan("t 1h timeout 2h"), 1, Map.of(), true, 1, T0)));
    open("three", List.of());
    TaskRef ref = new TaskRef(new RunId(2), new TaskId("t"), lastFence());
    say("three", new AgentSays.Accept(ref));
    int before = timed.books().timers().size();

    for (int i = 0; i < 20; i++) {
      say("three", new AgentSays.Progress(ref, i, "", "step " + i, Usage.NONE, List.of()));
    }

    assertThat(timed.books().timers().size()).isEqualTo(before);
  }

  private long lastFence() {
    return Objects.requireNonNull(shard.findRun(new RunId(2))).life(0).state().liveFence();
  }

  private void restart() {
    shard = new Shard(2, ShardSettings.DEFAULT, new SplittableRandom(1));
    shard.restore(SPEC, journal, T0);
    open("one", List.of(ref("a")));
    open("two", List.of(ref("b")));
  }

  private void open(String agent, List<TaskRef> held) {
    handle(
        new ShardInput.SessionOpened(
            new AgentSays.Hello(
                new SessionId(agent),
                new AgentId(agent),
                1,
                List.of(new Role("dev")),
                Map.of(),
                1,
                held,
                List.of(),
                "test")));
  }

  private void ask(String agent, String request, String path) {
    String task = agent.equals("one") ? "a" : "b";
    say(agent, new AgentSays.RequestFiles(ref(task), request, write(path), "needed"));
  }

  private void finish(String agent, String task) {
    say(
        agent,
        new AgentSays.Result(
            ref(task), "r-" + task, AgentSays.Outcome.OK, "", Map.of(), List.of(), List.of()));
  }

  private void say(String agent, AgentSays message) {
    handle(new ShardInput.AgentSaid(new SessionId(agent), message));
  }

  private void handle(ShardInput input) {
    Outcome.Step step = (Outcome.Step) shard.handle(input, T0);
    step.events().stream().filter(e -> e.run().equals(SPEC.id())).forEach(journal::add);
    effects.addAll(step.effects());
  }

  private TaskRef ref(String task) {
    return new TaskRef(SPEC.id(), new TaskId(task), stateOf(task).liveFence());
  }

  private List<Reason> reasonsOf(String task) {
    Situation situation = Objects.requireNonNull(shard.findSituation(SPEC.id(), T0));
    return Explain.of(situation, new TaskId(task)).tasks().getFirst().reasons();
  }

  private TaskState stateOf(String task) {
    return run().life(run().indexOf(new TaskId(task))).state();
  }

  private Run run() {
    return Objects.requireNonNull(shard.findRun(SPEC.id()));
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

  private List<String> answers(String agent) {
    List<String> answers = new ArrayList<>();
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.Answer(var _, String id, Ruling ruling, String text)) {
        answers.add((id + " " + ruling + " " + text).strip());
      }
    }
    return answers;
  }

  private List<String> warnings(String agent) {
    List<String> warnings = new ArrayList<>();
    for (GatewaySays message : told(agent)) {
      if (message instanceof GatewaySays.Warning(TaskRef task, String text)) {
        warnings.add(task.task() + ": " + text);
      }
    }
    return warnings;
  }

  private static List<FileAccess> write(String path) {
    return List.of(new FileAccess(new FilePattern(path), FileMode.WRITE));
  }
}
