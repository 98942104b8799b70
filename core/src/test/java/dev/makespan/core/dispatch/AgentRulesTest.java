package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.Usage;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents say, right and wrong, and what a shard makes of it. */
class AgentRulesTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final RunId RUN = new RunId(1);
  private static final SessionId MINE = new SessionId("mine");
  private static final SessionId OTHERS = new SessionId("others");

  private final Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private final TaskRef task;

  /** A task that is being worked on by the agent of {@link #MINE}. */
  AgentRulesTest() {
    handle(new ShardInput.SessionOpened(hello(MINE, List.of())), T0);
    handle(
        new ShardInput.StartRun(
            new RunSpec(
                RUN, PlanText.plan("build 1h milestone half@30m"), 1, Map.of(), true, 1, T0)),
        T0);
    task = new TaskRef(RUN, new TaskId("build"), liveFence());
    say(MINE, new AgentSays.Accept(task));
    handle(new ShardInput.SessionOpened(hello(OTHERS, List.of())), T0);
  }

  private static AgentSays.Hello hello(SessionId session, List<TaskRef> held) {
    return new AgentSays.Hello(
        session,
        new AgentId("agent-" + session),
        1,
        List.of(new Role("dev")),
        Map.of(),
        1,
        held,
        List.of(),
        "test");
  }

  private static AgentSays.Result result(TaskRef ref) {
    return new AgentSays.Result(
        ref, "r-1", AgentSays.Outcome.OK, "", Map.of(), List.of(), List.of());
  }

  private Outcome.Step handle(ShardInput input, Instant now) {
    return (Outcome.Step) shard.handle(input, now);
  }

  private Outcome.Step say(SessionId session, AgentSays message) {
    return handle(new ShardInput.AgentSaid(session, message), T0);
  }

  private TaskState state() {
    return Objects.requireNonNull(shard.findRun(RUN)).life(0).state();
  }

  private long liveFence() {
    return state().liveFence();
  }

  private static List<GatewaySays> told(Outcome.Step step) {
    return step.effects().stream()
        .filter(Effect.Tell.class::isInstance)
        .map(effect -> ((Effect.Tell) effect).message())
        .toList();
  }

  static Stream<AgentSays> aboutAnAttempt() {
    TaskRef ref = new TaskRef(RUN, new TaskId("build"), 1);
    return Stream.of(
        new AgentSays.Accept(ref),
        new AgentSays.Refuse(ref, "no"),
        new AgentSays.Started(ref),
        new AgentSays.Progress(ref, 50, "", "forged", Usage.NONE, List.of()),
        new AgentSays.MilestoneReached(ref, new MilestoneId("half")),
        new AgentSays.SlotFree(ref),
        result(ref),
        new AgentSays.Cancelled(ref, "TERM"),
        new AgentSays.RaiseBlocker(ref, "b-1", "?", true),
        new AgentSays.RequestFiles(ref, "f-1", List.of(), ""));
  }

  private static AgentSays about(TaskRef ref, AgentSays message) {
    return switch (message) {
      case AgentSays.Accept _ -> new AgentSays.Accept(ref);
      case AgentSays.Refuse m -> new AgentSays.Refuse(ref, m.reason());
      case AgentSays.Started _ -> new AgentSays.Started(ref);
      case AgentSays.Progress m ->
          new AgentSays.Progress(ref, 50, "", m.checkpoint(), m.usage(), m.files());
      case AgentSays.MilestoneReached m -> new AgentSays.MilestoneReached(ref, m.milestone());
      case AgentSays.SlotFree _ -> new AgentSays.SlotFree(ref);
      case AgentSays.Result _ -> result(ref);
      case AgentSays.Cancelled m -> new AgentSays.Cancelled(ref, m.how());
      case AgentSays.RaiseBlocker m -> new AgentSays.RaiseBlocker(ref, m.blockerId(), "?", true);
      case AgentSays.RequestFiles m ->
          new AgentSays.RequestFiles(ref, m.requestId(), List.of(), "");
      case AgentSays.Hello _, AgentSays.Capacity _, AgentSays.Status _, AgentSays.Draining _ ->
          throw new AssertionError("not about one attempt: " + message);
    };
  }

  @ParameterizedTest
  @MethodSource("aboutAnAttempt")
  void whatIsSaidOfAnothersAttemptWithTheRightFenceChangesNothing(AgentSays message) {
    TaskState before = state();

    Outcome.Step step = say(OTHERS, about(task, message));

    assertThat(step.events()).isEmpty();
    assertThat(state()).isEqualTo(before);
    assertThat(told(step)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("aboutAnAttempt")
  void anOldOrAFutureFenceChangesNothing(AgentSays message) {
    for (long fence : new long[] {1, task.fence() - 1, task.fence() + 1, Long.MAX_VALUE}) {
      Outcome.Step step = say(MINE, about(new TaskRef(RUN, task.task(), fence), message));

      assertThat(step.events()).as("fence " + fence).isEmpty();
    }
    assertThat(state()).isInstanceOf(TaskState.Running.class);
  }

  @Test
  void aRepeatedResultIsADuplicateAndAResultOfNoTaskIsSuperseded() {
    say(MINE, result(task));

    Outcome.Step again = say(MINE, result(task));
    Outcome.Step unknown = say(MINE, result(new TaskRef(RUN, new TaskId("none"), 5)));

    assertThat(again.events()).isEmpty();
    assertThat(told(again)).first().extracting("verdict").isEqualTo(GatewaySays.Verdict.DUPLICATE);
    assertThat(told(unknown))
        .first()
        .extracting("verdict")
        .isEqualTo(GatewaySays.Verdict.SUPERSEDED);
  }

  @Test
  void aResultBesideTheStreamCountsFromItsSessionAndFromNoOther() {
    Outcome.Step forged = handle(new ShardInput.ResultReported(OTHERS, result(task)), T0);
    Outcome.Step unknown =
        handle(new ShardInput.ResultReported(new SessionId("nobody"), result(task)), T0);
    handle(new ShardInput.SessionClosed(MINE, "gone"), T0);
    Outcome.Step own = handle(new ShardInput.ResultReported(MINE, result(task)), T0);

    assertThat(forged.events()).isEmpty();
    assertThat(unknown.events()).isEmpty();
    assertThat(told(own)).first().extracting("verdict").isEqualTo(GatewaySays.Verdict.COMMITTED);
  }

  @Test
  void aStatusOfASessionWithoutAStreamRenewsNothing() {
    handle(new ShardInput.SessionClosed(MINE, "gone"), T0);
    Instant almost = T0.plus(ShardSettings.DEFAULT.lease()).minusMillis(1);

    Outcome.Step step =
        handle(new ShardInput.AgentSaid(MINE, new AgentSays.Status(List.of(task), 0)), almost);
    handle(new ShardInput.Tick(), almost.plusMillis(1));

    assertThat(told(step)).singleElement().isInstanceOf(GatewaySays.GoAway.class);
    assertThat(state()).isNotInstanceOf(TaskState.Running.class);
  }

  @Test
  void theNextAttemptIsGivenTheLastCheckpointOfTheOneBefore() {
    say(MINE, new AgentSays.Progress(task, 10, "", "row 10", Usage.NONE, List.of()));
    say(MINE, new AgentSays.Progress(task, 20, "", "row 20", Usage.NONE, List.of()));
    say(MINE, new AgentSays.Progress(task, 30, "no newer one"));

    Instant over = T0.plus(ShardSettings.DEFAULT.lease());
    Outcome.Step lost = handle(new ShardInput.Tick(), over);
    Outcome.Step next =
        Stream.iterate(over, at -> at.plusSeconds(1))
            .limit(120)
            .map(at -> handle(new ShardInput.Tick(), at))
            .filter(step -> !told(step).isEmpty())
            .findFirst()
            .orElse(lost);

    assertThat(told(next))
        .filteredOn(GatewaySays.Assign.class::isInstance)
        .singleElement()
        .extracting("context.checkpoint", "attempt")
        .containsExactly("row 20", 2);
  }

  @Test
  void aQuestionThatKeepsItsSlotIsAnsweredOnTheStreamAndAgainWhenItIsSaidAgain() {
    AgentSays question = new AgentSays.RaiseBlocker(task, "b-1", "which one?", true);

    Outcome.Step asked = say(MINE, question);
    Outcome.Step answered =
        handle(
            new ShardInput.ChangeRun(
                RUN,
                new RunCommand.OnTask(
                    task.task(), new TaskCommand.AnswerBlocker("", "the second", "ann"))),
            T0);
    Outcome.Step again = say(MINE, question);

    GatewaySays answer =
        new GatewaySays.Answer(task, "b-1", GatewaySays.Ruling.GRANTED, "the second");
    assertThat(told(asked)).isEmpty();
    assertThat(told(answered)).containsExactly(answer);
    assertThat(again.events()).isEmpty();
    assertThat(told(again)).containsExactly(answer);
    assertThat(state()).isInstanceOf(TaskState.Running.class);
  }

  @Test
  void aQuestionThatKeepsNothingEndsTheAttempt() {
    Outcome.Step asked = say(MINE, new AgentSays.RaiseBlocker(task, "b-1", "which one?", false));

    assertThat(told(asked)).containsExactly(new GatewaySays.LeaseLost(task));
    assertThat(state()).isEqualTo(new TaskState.Held("which one?", 0));
  }

  @Test
  void aTaskIsAssignedWithWhatItsPredecessorsReported() {
    Shard other = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
    other.handle(new ShardInput.SessionOpened(hello(MINE, List.of())), T0);
    other.handle(
        new ShardInput.StartRun(
            new RunSpec(
                RUN, PlanText.plan("first 1h", "second 1h needs first"), 1, Map.of(), true, 1, T0)),
        T0);
    long fence = Objects.requireNonNull(other.findRun(RUN)).life(0).state().liveFence();
    AgentSays.Result measured =
        new AgentSays.Result(
            new TaskRef(RUN, new TaskId("first"), fence),
            "r-1",
            AgentSays.Outcome.OK,
            "",
            Map.of("tables", 3.0),
            List.of(),
            List.of());

    Outcome.Step step = (Outcome.Step) other.handle(new ShardInput.AgentSaid(MINE, measured), T0);

    assertThat(told(step))
        .filteredOn(GatewaySays.Assign.class::isInstance)
        .singleElement()
        .extracting("context.predecessors")
        .asString()
        .contains("task=first", "tables=3.0");
  }
}
