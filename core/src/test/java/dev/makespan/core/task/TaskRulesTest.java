package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TaskRulesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final AgentId AGENT = new AgentId("a1");
  private static final long FENCE = 7;
  private static final long OLD = 3;
  private static final MilestoneId HALF = new MilestoneId("half");
  private static final TaskTerms TERMS =
      new TaskTerms(3, 4, 5, Duration.ofSeconds(10), List.of(), List.of(HALF), true);

  /** The whole table: what each command does in each state, with the live fence. */
  private static final String TABLE =
      """
      .            Waiting Ready      Leased     Running         Verifying  Integrating Backoff    Held       Cancelling Done       Failed     Cancelled  Skipped
      MakeReady    Ready   invalid    invalid    invalid         invalid    invalid     invalid    invalid    invalid    invalid    invalid    invalid    invalid
      Lease        invalid Leased     invalid    invalid         invalid    invalid     invalid    invalid    invalid    invalid    invalid    invalid    invalid
      Accept       superseded superseded Started nothing         superseded superseded  superseded superseded superseded superseded superseded superseded superseded
      Return       superseded superseded Returned invalid        invalid    invalid     superseded superseded invalid    superseded superseded superseded superseded
      ReachMilestone superseded superseded superseded MilestoneReached superseded superseded superseded superseded superseded superseded superseded superseded superseded
      Succeed      superseded superseded Started,Reported,Done Reported,Done superseded superseded superseded superseded Cancelled superseded superseded superseded superseded
      Fail         superseded superseded Started,AttemptFailed AttemptFailed superseded superseded superseded superseded Cancelled superseded superseded superseded superseded
      Lose         superseded superseded Returned AttemptFailed  superseded superseded  superseded superseded Cancelled  superseded superseded superseded superseded
      TimeOut      superseded superseded Returned AttemptFailed  superseded superseded  superseded superseded Cancelled  superseded superseded superseded superseded
      EndBackoff   invalid invalid    invalid    invalid         invalid    invalid     Ready      invalid    invalid    invalid    invalid    invalid    invalid
      Cancel       Cancelled Cancelled CancelRequested CancelRequested Cancelled Cancelled Cancelled Cancelled nothing   invalid    invalid    invalid    invalid
      ConfirmCancel superseded superseded superseded superseded  superseded superseded  superseded superseded Cancelled  superseded superseded superseded superseded
      Skip         Skipped invalid    invalid    invalid         invalid    invalid     invalid    invalid    invalid    invalid    invalid    invalid    invalid
      """;

  @Test
  void everyCommandIsDecidedInEveryState() {
    Map<String, String> expected = table();

    Map<String, String> decided = new LinkedHashMap<>();
    for (TaskState state : states()) {
      for (TaskCommand command : commands(FENCE)) {
        decided.put(pair(state, command), words(decide(state, command)));
      }
    }

    assertThat(decided).containsExactlyInAnyOrderEntriesOf(expected);
  }

  @Test
  void theTableKnowsEveryStateAndEveryCommand() {
    List<String> header = List.of(TABLE.lines().findFirst().orElseThrow().split(" +", -1));
    List<String> rows = TABLE.lines().skip(1).map(line -> line.split(" +", -1)[0]).toList();

    List<String> states = names(TaskState.class.getPermittedSubclasses());
    List<String> commands = names(TaskCommand.class.getPermittedSubclasses());

    assertThat(new TreeSet<>(header.subList(1, header.size()))).isEqualTo(new TreeSet<>(states));
    assertThat(new TreeSet<>(rows)).isEqualTo(new TreeSet<>(commands));
  }

  @Test
  void nothingUnderAnOlderFenceChangesAnything() {
    for (TaskState state : states()) {
      for (TaskCommand command : commands(OLD)) {
        if (FENCED.contains(command.getClass().getSimpleName())) {
          TaskDecision decision = decide(state, command);

          assertThat(words(decision)).as(pair(state, command)).isEqualTo("superseded");
        }
      }
    }
  }

  private static final List<String> FENCED =
      List.of(
          "Accept",
          "Return",
          "ReachMilestone",
          "Succeed",
          "Fail",
          "Lose",
          "TimeOut",
          "ConfirmCancel");

  @Test
  void aLeaseUnderAFenceThatWasUsedBeforeIsRefused() {
    TaskLife life = life(new TaskState.Ready(T0));

    TaskDecision decision = TaskRules.decide(life, new TaskCommand.Lease(AGENT, FENCE), TERMS, 0);

    assertThat(words(decision)).isEqualTo("superseded");
  }

  @Test
  void theLastAttemptThatFailsEndsTheTask() {
    TaskLife life = running(new Counters(2, 0, 0, 0));

    TaskDecision decision = decide(life, new TaskCommand.Fail(FENCE, "r", "no disk", true));

    assertThat(words(decision)).isEqualTo("Failed");
  }

  @Test
  void lossesAreCountedApartFromFailuresOfTheWork() {
    TaskLife life = running(new Counters(2, 0, 2, 0));

    TaskDecision decision = decide(life, new TaskCommand.Lose(FENCE, "gone"));

    assertThat(words(decision)).isEqualTo("AttemptFailed");
  }

  @Test
  void aFatalFailureIsNotTriedAgain() {
    TaskLife life = running(Counters.ZERO);

    TaskDecision decision = decide(life, new TaskCommand.Fail(FENCE, "r", "never", false));

    assertThat(words(decision)).isEqualTo("Failed");
  }

  @Test
  void anAgentThatSaysOkIsNotDoneWhileAGateIsRed() {
    TaskTerms terms = termsWith(new Gate.Metric("tests.failed", null, 0.0));
    TaskCommand report = new TaskCommand.Succeed(FENCE, "r", Map.of("tests.failed", 2.0), Map.of());

    TaskDecision decision = TaskRules.decide(running(Counters.ZERO), report, terms, 0);

    assertThat(words(decision)).isEqualTo("Reported,AttemptFailed");
    assertThat(decision.toString()).contains("metric: tests.failed <= 0.0: was 2.0");
  }

  @Test
  void aMetricThatNobodyReportedIsRed() {
    TaskTerms terms = termsWith(new Gate.Metric("coverage", 80.0, null));
    TaskCommand report = new TaskCommand.Succeed(FENCE, "r", Map.of(), Map.of());

    TaskDecision decision = TaskRules.decide(running(Counters.ZERO), report, terms, 0);

    assertThat(decision.toString()).contains("metric: coverage >= 80.0: was not reported");
  }

  @Test
  void aCommandGateIsAsTheAgentFoundIt() {
    TaskTerms terms = termsWith(new Gate.Run("just ci"));
    Map<String, TaskCommand.GateFinding> red =
        Map.of("run: just ci", new TaskCommand.GateFinding(false, "2 tests failed"));
    Map<String, TaskCommand.GateFinding> green =
        Map.of("run: just ci", new TaskCommand.GateFinding(true, ""));

    TaskDecision whenRed = TaskRules.decide(running(Counters.ZERO), succeed(red), terms, 0);
    TaskDecision whenGreen = TaskRules.decide(running(Counters.ZERO), succeed(green), terms, 0);

    assertThat(words(whenRed)).isEqualTo("Reported,AttemptFailed");
    assertThat(words(whenGreen)).isEqualTo("Reported,Done");
  }

  @Test
  void theSameResultTwiceIsADuplicate() {
    TaskLife done =
        running(Counters.ZERO)
            .after(new TaskEvent.Reported(FENCE, "r", Map.of()), T0)
            .after(new TaskEvent.Done(FENCE), T0);

    TaskDecision same = decide(done, new TaskCommand.Succeed(FENCE, "r", Map.of(), Map.of()));
    TaskDecision other = decide(done, new TaskCommand.Succeed(FENCE, "s", Map.of(), Map.of()));

    assertThat(words(same)).isEqualTo("duplicate");
    assertThat(words(other)).isEqualTo("superseded");
  }

  @Test
  void aFailedResultTwiceIsADuplicateToo() {
    TaskLife failed =
        running(Counters.ZERO)
            .after(
                new TaskEvent.AttemptFailed(FENCE, FailureCause.WORK, "m", Duration.ZERO, "r"), T0);

    TaskDecision same = decide(failed, new TaskCommand.Fail(FENCE, "r", "m", true));

    assertThat(words(same)).isEqualTo("duplicate");
  }

  @Test
  void aPauseIsThePlansWithATenthOfJitter() {
    TaskLife life = running(Counters.ZERO);
    TaskCommand fail = new TaskCommand.Fail(FENCE, "r", "m", true);

    TaskDecision shortest = TaskRules.decide(life, fail, TERMS, 0);
    TaskDecision longest = TaskRules.decide(life, fail, TERMS, 1);

    assertThat(pauseOf(shortest)).isEqualTo(Duration.ofSeconds(10));
    assertThat(pauseOf(longest)).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void aMilestoneIsReachedOnce() {
    TaskLife life = running(Counters.ZERO).after(new TaskEvent.MilestoneReached(FENCE, HALF), T0);

    TaskDecision again = decide(life, new TaskCommand.ReachMilestone(FENCE, HALF));
    TaskDecision unknown =
        decide(life, new TaskCommand.ReachMilestone(FENCE, new MilestoneId("other")));

    assertThat(words(again)).isEqualTo("nothing");
    assertThat(words(unknown)).isEqualTo("invalid");
  }

  @Test
  void aTaskThatEveryAgentGivesBackFailsInTheEnd() {
    TaskLife life = life(new TaskState.Leased(AGENT, FENCE, 1, T0), new Counters(0, 0, 0, 4));

    TaskDecision decision = decide(life, new TaskCommand.Return(FENCE, "too big"));

    assertThat(words(decision)).isEqualTo("Failed");
  }

  private static TaskCommand succeed(Map<String, TaskCommand.GateFinding> gates) {
    return new TaskCommand.Succeed(FENCE, "r", Map.of(), gates);
  }

  private static TaskTerms termsWith(Gate gate) {
    return new TaskTerms(3, 4, 5, Duration.ofSeconds(10), List.of(gate), List.of(), true);
  }

  private static Duration pauseOf(TaskDecision decision) {
    List<TaskEvent> events = ((TaskDecision.Accepted) decision).events();
    return ((TaskEvent.AttemptFailed) events.getLast()).backoff();
  }

  private static TaskDecision decide(TaskState state, TaskCommand command) {
    return decide(life(state), command);
  }

  private static TaskDecision decide(TaskLife life, TaskCommand command) {
    return TaskRules.decide(life, command, TERMS, 0);
  }

  private static TaskLife running(Counters counters) {
    return life(new TaskState.Running(AGENT, FENCE, 1, T0), counters);
  }

  private static TaskLife life(TaskState state) {
    return life(state, Counters.ZERO);
  }

  private static TaskLife life(TaskState state, Counters counters) {
    List<Attempt> attempts =
        state instanceof TaskState.Waiting
            ? List.of()
            : List.of(Attempt.leased(1, AGENT, FENCE, T0));
    return new TaskLife(state, counters, T0, attempts, Map.of());
  }

  private static List<TaskState> states() {
    return List.of(
        new TaskState.Waiting(),
        new TaskState.Ready(T0),
        new TaskState.Leased(AGENT, FENCE, 1, T0),
        new TaskState.Running(AGENT, FENCE, 1, T0),
        new TaskState.Verifying(AGENT, FENCE, 1, "r", Map.of()),
        new TaskState.Integrating(FENCE, 1),
        new TaskState.Backoff(T0, Duration.ofSeconds(1), "m"),
        new TaskState.Held("m"),
        new TaskState.Cancelling(AGENT, FENCE, T0),
        new TaskState.Done(T0),
        new TaskState.Failed("m"),
        new TaskState.Cancelled("m"),
        new TaskState.Skipped("m"));
  }

  private static List<TaskCommand> commands(long fence) {
    return List.of(
        new TaskCommand.MakeReady(),
        new TaskCommand.Lease(AGENT, fence + 100),
        new TaskCommand.Accept(fence),
        new TaskCommand.Return(fence, "m"),
        new TaskCommand.ReachMilestone(fence, HALF),
        new TaskCommand.Succeed(fence, "r", Map.of(), Map.of()),
        new TaskCommand.Fail(fence, "r", "m", true),
        new TaskCommand.Lose(fence, "m"),
        new TaskCommand.TimeOut(fence, "m"),
        new TaskCommand.EndBackoff(),
        new TaskCommand.Cancel("m"),
        new TaskCommand.ConfirmCancel(fence, "m"),
        new TaskCommand.Skip("m"));
  }

  private static String pair(TaskState state, TaskCommand command) {
    return state.getClass().getSimpleName() + " x " + command.getClass().getSimpleName();
  }

  private static String words(TaskDecision decision) {
    return switch (decision) {
      case TaskDecision.Refused r -> r.refusal().name().toLowerCase(java.util.Locale.ROOT);
      case TaskDecision.Accepted a when a.events().isEmpty() -> "nothing";
      case TaskDecision.Accepted a ->
          String.join(
              ",", a.events().stream().map(event -> event.getClass().getSimpleName()).toList());
    };
  }

  private static Map<String, String> table() {
    List<String[]> rows = new ArrayList<>();
    TABLE.lines().forEach(line -> rows.add(line.split(" +", -1)));
    Map<String, String> table = new LinkedHashMap<>();
    for (String[] row : rows.subList(1, rows.size())) {
      for (int column = 1; column < row.length; column++) {
        table.put(rows.getFirst()[column] + " x " + row[0], row[column]);
      }
    }
    return table;
  }

  private static List<String> names(Class<?>[] types) {
    List<String> names = new ArrayList<>();
    for (Class<?> type : types) {
      if (!type.getSimpleName().equals("GateFinding")) {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }
}
