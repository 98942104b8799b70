package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
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
      new TaskTerms(
          3,
          4,
          2,
          5,
          Duration.ofSeconds(10),
          List.of(new Gate.Approval("lead")),
          List.of(HALF),
          false);

  /**
   * The whole table: what each command does in each state, with the live fence. A held task whose
   * attempt waits is Kept, one that a person skipped is LeftOut.
   */
  private static final String TABLE =
      """
      .              Waiting    Ready      Leased                Running          Verifying     Integrating Backoff    Held                  Kept             Cancelling Done       Failed     Cancelled  Skipped    LeftOut
      MakeReady      Ready      invalid    invalid               invalid          invalid       invalid     invalid    invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      Lease          invalid    Leased     invalid               invalid          invalid       invalid     invalid    invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      Accept         superseded superseded Started               nothing          superseded    superseded  superseded superseded            nothing          superseded superseded superseded superseded superseded superseded
      Return         superseded superseded Returned              invalid          invalid       invalid     superseded superseded            invalid          invalid    superseded superseded superseded superseded superseded
      ReachMilestone superseded superseded superseded            MilestoneReached superseded    superseded  superseded superseded            MilestoneReached superseded superseded superseded superseded superseded superseded
      Succeed        superseded superseded Started,Reported      Reported         superseded    superseded  superseded superseded            Reported         Cancelled  superseded superseded superseded superseded superseded
      Fail           superseded superseded Started,AttemptFailed AttemptFailed    superseded    superseded  superseded superseded            AttemptFailed    Cancelled  superseded superseded superseded superseded superseded
      Lose           superseded superseded Returned              AttemptFailed    superseded    superseded  superseded superseded            BlockerRaised    Cancelled  superseded superseded superseded superseded superseded
      TimeOut        superseded superseded Returned              AttemptFailed    superseded    superseded  superseded superseded            superseded       Cancelled  superseded superseded superseded superseded superseded
      EndBackoff     invalid    invalid    invalid               invalid          invalid       invalid     Ready      invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      RaiseBlocker   superseded superseded Started,BlockerRaised BlockerRaised    superseded    superseded  superseded superseded            BlockerRaised    superseded superseded superseded superseded superseded superseded
      Checkpoint     superseded superseded superseded            Checkpointed     superseded    superseded  superseded superseded            Checkpointed     superseded superseded superseded superseded superseded superseded
      Use            superseded superseded superseded            Used             superseded    superseded  superseded superseded            Used             superseded superseded superseded superseded superseded superseded
      HoldOverBudget superseded superseded Held                  Held             superseded    superseded  superseded superseded            Held             superseded superseded superseded superseded superseded superseded
      GrantFiles     superseded superseded superseded            FilesGranted     superseded    superseded  superseded superseded            FilesGranted     superseded superseded superseded superseded superseded superseded
      Land           superseded superseded superseded            superseded       superseded    Done        superseded superseded            superseded       superseded superseded superseded superseded superseded superseded
      Reject         superseded superseded superseded            superseded       superseded    AttemptFailed superseded superseded            superseded       superseded superseded superseded superseded superseded superseded
      ConfirmCancel  superseded superseded superseded            superseded       superseded    superseded  superseded superseded            superseded       Cancelled  superseded superseded superseded superseded superseded
      Skip           Skipped    invalid    invalid               invalid          invalid       invalid     invalid    invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      Cancel         Cancelled  Cancelled  CancelRequested       CancelRequested  Cancelled     Cancelled   Cancelled  Cancelled             CancelRequested  nothing    invalid    invalid    nothing    invalid    invalid
      Retry          nothing    nothing    nothing               nothing          invalid       invalid     Ready      Reopened              invalid          invalid    invalid    Reopened   Reopened   Reopened   invalid
      LeaveOut       Skipped    Skipped    invalid               invalid          invalid       invalid     Skipped    Skipped               invalid          invalid    invalid    Skipped    Skipped    Skipped    nothing
      Approve        invalid    invalid    invalid               invalid          Approved,Done nothing     invalid    invalid               invalid          invalid    nothing    invalid    invalid    invalid    invalid
      Decline        invalid    invalid    invalid               invalid          AttemptFailed invalid     invalid    invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      Drop           invalid    invalid    invalid               invalid          invalid       AttemptFailed invalid    invalid               invalid          invalid    invalid    invalid    invalid    invalid    invalid
      AnswerBlocker  invalid    invalid    invalid               invalid          invalid       invalid     invalid    BlockerAnswered,Ready BlockerAnswered  invalid    invalid    invalid    invalid    invalid    invalid
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

    List<String> states = new ArrayList<>(names(TaskState.class.getPermittedSubclasses()));
    states.addAll(List.of("Kept", "LeftOut"));
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

  private static final Traces.Usage USAGE = new Traces.Usage(10, 5, 0.5);

  private static final List<FileAccess> FILES =
      List.of(new FileAccess(new FilePattern("x"), FileMode.WRITE));

  private static final List<String> FENCED =
      List.of(
          "Accept",
          "Return",
          "ReachMilestone",
          "Succeed",
          "Fail",
          "Lose",
          "TimeOut",
          "RaiseBlocker",
          "Checkpoint",
          "Use",
          "HoldOverBudget",
          "GrantFiles",
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

  @Test
  void gatesHaveALimitOfTheirOwn() {
    TaskTerms terms = termsWith(new Gate.Metric("tests.failed", null, 0.0));
    TaskCommand report = new TaskCommand.Succeed(FENCE, "r", Map.of("tests.failed", 2.0), Map.of());

    TaskDecision first = TaskRules.decide(running(new Counters(2, 3, 0, 0)), report, terms, 0);
    TaskDecision second = TaskRules.decide(running(new Counters(0, 0, 1, 0)), report, terms, 0);

    assertThat(words(first)).isEqualTo("Reported,AttemptFailed");
    assertThat(words(second)).isEqualTo("Reported,Failed");
  }

  @Test
  void anAssignmentThatIsLostUnansweredCountsAsGivenBack() {
    TaskLife life = life(new TaskState.Leased(AGENT, FENCE, 1, T0), new Counters(0, 0, 0, 4));

    TaskDecision decision = decide(life, new TaskCommand.Lose(FENCE, "gone"));

    assertThat(words(decision)).isEqualTo("Failed");
  }

  @Test
  void reportedWorkIsDoneWithTheLastApproval() {
    TaskTerms terms = approvals("lead", "security");
    TaskLife reported =
        running(Counters.ZERO).after(new TaskEvent.Reported(FENCE, "r", Map.of()), T0);

    TaskDecision first = TaskRules.decide(reported, approve("lead"), terms, 0);
    TaskLife half = reported.after(((TaskDecision.Accepted) first).events().getFirst(), T0);
    TaskDecision again = TaskRules.decide(half, approve("lead"), terms, 0);
    TaskDecision last = TaskRules.decide(half, approve("security"), terms, 0);

    assertThat(words(first)).isEqualTo("Approved");
    assertThat(words(again)).isEqualTo("nothing");
    assertThat(words(last)).isEqualTo("Approved,Done");
  }

  @Test
  void anApprovalThatNoGateAsksForIsRefused() {
    TaskLife reported =
        running(Counters.ZERO).after(new TaskEvent.Reported(FENCE, "r", Map.of()), T0);

    TaskDecision decision = decide(reported, approve("boss"));

    assertThat(decision.toString()).contains("expected one of [lead], was 'boss'");
  }

  @Test
  void whatAPersonDeclinesIsARedGateWithTheNoteAsItsReport() {
    TaskLife reported =
        running(Counters.ZERO).after(new TaskEvent.Reported(FENCE, "r", Map.of()), T0);

    TaskDecision decision = decide(reported, new TaskCommand.Decline("lead", "ann", "too slow"));

    assertThat(decision.toString()).contains("GATE", "approval: lead: ann declined: too slow");
  }

  @Test
  void aBlockerEndsItsAttemptUnchargedAndItsAnswerBringsTheTaskBack() {
    TaskLife held =
        running(Counters.ZERO)
            .after(new TaskEvent.BlockerRaised(FENCE, "b", "which database?", false), T0);

    TaskDecision answer = decide(held, new TaskCommand.AnswerBlocker("", "the second", "ann"));

    assertThat(held.attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.BLOCKED);
    assertThat(held.counters()).isEqualTo(Counters.ZERO);
    assertThat(words(answer)).isEqualTo("BlockerAnswered,Ready");
  }

  @Test
  void anAttemptThatWaitsRunsOnWithTheLastAnswerInATimeOfItsOwn() {
    TaskLife two =
        running(Counters.ZERO)
            .after(new TaskEvent.BlockerRaised(FENCE, "b", "which?", true), T0)
            .after(new TaskEvent.BlockerRaised(FENCE, "c", "when?", true), T0);

    TaskLife one = two.after(new TaskEvent.BlockerAnswered("b", "this", "ann"), T0);
    TaskLife none = one.after(new TaskEvent.BlockerAnswered("c", "now", "ann"), T0.plusSeconds(9));

    assertThat(decide(two, new TaskCommand.AnswerBlocker("", "x", "ann")).toString())
        .contains("expected one open blocker, open are [b, c]");
    assertThat(one.state()).isInstanceOf(TaskState.Held.class);
    assertThat(none.state()).isEqualTo(new TaskState.Running(AGENT, FENCE, 1, T0.plusSeconds(9)));
  }

  @Test
  void theSameQuestionAndTheSameAnswerTwiceChangeNothing() {
    TaskLife held =
        running(Counters.ZERO).after(new TaskEvent.BlockerRaised(FENCE, "b", "which?", false), T0);
    TaskLife answered = held.after(new TaskEvent.BlockerAnswered("b", "this", "ann"), T0);

    TaskDecision asked = decide(held, new TaskCommand.RaiseBlocker(FENCE, "b", "which?", false));
    TaskDecision said = decide(answered, new TaskCommand.AnswerBlocker("b", "this", "ann"));
    TaskDecision other = decide(answered, new TaskCommand.AnswerBlocker("b", "that", "ann"));

    assertThat(words(asked)).isEqualTo("nothing");
    assertThat(words(said)).isEqualTo("nothing");
    assertThat(words(other)).isEqualTo("invalid");
  }

  @Test
  void aQuestionOutlivesTheAgentThatWaitedForItsAnswer() {
    TaskLife kept =
        running(Counters.ZERO).after(new TaskEvent.BlockerRaised(FENCE, "b", "which?", true), T0);

    TaskDecision lost = decide(kept, new TaskCommand.Lose(FENCE, "gone"));
    TaskLife after = kept.after(((TaskDecision.Accepted) lost).events().getFirst(), T0);

    assertThat(after.state()).isEqualTo(new TaskState.Held("which?", 0));
    assertThat(after.openBlockers()).extracting(Blocker::text).containsExactly("which?");
    assertThat(words(decide(after, new TaskCommand.AnswerBlocker("b", "this", "ann"))))
        .isEqualTo("BlockerAnswered,Ready");
  }

  @Test
  void aRetryBeginsCountingAnewAndKeepsTheHistory() {
    TaskLife failed =
        running(new Counters(2, 0, 0, 0))
            .after(new TaskEvent.Failed(FENCE, FailureCause.WORK, "no disk", "r"), T0);

    TaskLife again = failed.after(new TaskEvent.Reopened("a new disk"), T0);

    assertThat(again.state()).isInstanceOf(TaskState.Waiting.class);
    assertThat(again.counters()).isEqualTo(Counters.ZERO);
    assertThat(again.attempts()).hasSize(1);
  }

  @Test
  void nobodyIsAskedAnyMoreWhenTheWorkIsReportedOrLeftOut() {
    TaskLife asking =
        running(Counters.ZERO)
            .after(new TaskEvent.BlockerRaised(FENCE, "b", "which one?", true), T0);

    TaskLife reported = asking.after(new TaskEvent.Reported(FENCE, "r", Map.of()), T0);
    TaskLife leftOut = asking.after(new TaskEvent.Skipped("off", true), T0);

    assertThat(asking.openBlockers()).hasSize(1);
    assertThat(reported.openBlockers()).isEmpty();
    assertThat(leftOut.openBlockers()).isEmpty();
  }

  @Test
  void noAttemptIsUnderAFenceThatMeansNone() {
    TaskDecision decision = decide(life(new TaskState.Ready(T0)), new TaskCommand.Lease(AGENT, 0));

    assertThat(words(decision)).isEqualTo("invalid");
  }

  @Test
  void theSameFilesAreGrantedToAnAttemptOnce() {
    TaskLife life = running(Counters.ZERO).after(new TaskEvent.FilesGranted(FENCE, "q", FILES), T0);

    assertThat(words(decide(life, new TaskCommand.GrantFiles(FENCE, "q", FILES))))
        .isEqualTo("nothing");
    assertThat(words(decide(life, new TaskCommand.GrantFiles(FENCE, "p", FILES))))
        .isEqualTo("FilesGranted");
    assertThat(life.grantedFiles()).containsExactly(new Attempt.Grant("q", FILES));
  }

  @Test
  void whatAnAttemptHasUsedOnlyGrows() {
    TaskLife life = running(Counters.ZERO).after(new TaskEvent.Used(FENCE, USAGE), T0);
    TaskLife reported =
        life.after(
            new TaskEvent.Reported(
                FENCE,
                "r",
                Map.of(),
                Delivery.of(Traces.of(List.of(), List.of(), new Traces.Usage(12, 1, 0)))),
            T0);
    TaskLife lost =
        life.after(
            new TaskEvent.AttemptFailed(FENCE, FailureCause.INFRA, "gone", Duration.ZERO, ""), T0);

    assertThat(words(decide(life, new TaskCommand.Use(FENCE, USAGE)))).isEqualTo("nothing");
    assertThat(words(decide(life, new TaskCommand.Use(FENCE, Traces.Usage.NONE))))
        .isEqualTo("nothing");
    assertThat(reported.lastUsage()).isEqualTo(new Traces.Usage(12, 5, 0.5));
    assertThat(lost.lastUsage()).isEqualTo(USAGE);
  }

  @Test
  void aTaskOverItsBudgetIsHeldAndItsAttemptEndsUncharged() {
    TaskLife backsOff = life(new TaskState.Backoff(T0, Duration.ofSeconds(1), "m"));

    TaskLife held =
        running(Counters.ZERO).after(new TaskEvent.Held("budget: all is used"), T0.plusSeconds(1));

    assertThat(held.state()).isEqualTo(new TaskState.Held("budget: all is used", 0));
    assertThat(held.attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.BLOCKED);
    assertThat(held.attempts().getLast().finishedAt()).isEqualTo(T0.plusSeconds(1));
    assertThat(held.counters()).isEqualTo(Counters.ZERO);
    assertThat(words(decide(backsOff, new TaskCommand.HoldOverBudget(0, "m")))).isEqualTo("Held");
    assertThat(words(decide(life(new TaskState.Ready(T0)), new TaskCommand.HoldOverBudget(0, "m"))))
        .isEqualTo("superseded");
  }

  @Test
  void theSameCheckpointTwiceIsKeptOnce() {
    TaskLife life = running(Counters.ZERO).after(new TaskEvent.Checkpointed(FENCE, "3 of 5"), T0);

    assertThat(words(decide(life, new TaskCommand.Checkpoint(FENCE, "3 of 5"))))
        .isEqualTo("nothing");
    assertThat(words(decide(life, new TaskCommand.Checkpoint(FENCE, "4 of 5"))))
        .isEqualTo("Checkpointed");
    assertThat(life.lastCheckpoint()).isEqualTo("3 of 5");
  }

  private static TaskCommand approve(String name) {
    return new TaskCommand.Approve(name, "ann", "");
  }

  private static TaskTerms approvals(String... names) {
    List<Gate> gates = new ArrayList<>();
    for (String name : names) {
      gates.add(new Gate.Approval(name));
    }
    return new TaskTerms(3, 4, 2, 5, Duration.ofSeconds(10), gates, List.of(), false);
  }

  private static TaskCommand succeed(Map<String, TaskCommand.GateFinding> gates) {
    return new TaskCommand.Succeed(FENCE, "r", Map.of(), gates);
  }

  private static TaskTerms termsWith(Gate gate) {
    return new TaskTerms(3, 4, 2, 5, Duration.ofSeconds(10), List.of(gate), List.of(), true);
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
    List<Blocker> blockers =
        state instanceof TaskState.Held
            ? List.of(new Blocker("b", FENCE, "which one?", state.liveFence() != 0, T0, null))
            : List.of();
    return new TaskLife(state, counters, T0, attempts, Map.of(), blockers);
  }

  private static List<TaskState> states() {
    return List.of(
        new TaskState.Waiting(),
        new TaskState.Ready(T0),
        new TaskState.Leased(AGENT, FENCE, 1, T0),
        new TaskState.Running(AGENT, FENCE, 1, T0),
        new TaskState.Verifying(AGENT, FENCE, 1, "r", Map.of(), List.of()),
        new TaskState.Integrating(FENCE, 1),
        new TaskState.Backoff(T0, Duration.ofSeconds(1), "m"),
        new TaskState.Held("m", 0),
        new TaskState.Held("m", FENCE),
        new TaskState.Cancelling(AGENT, FENCE, T0),
        new TaskState.Done(T0),
        new TaskState.Failed("m"),
        new TaskState.Cancelled("m"),
        new TaskState.Skipped("m", false),
        new TaskState.Skipped("m", true));
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
        new TaskCommand.Skip("m"),
        new TaskCommand.RaiseBlocker(fence, "b2", "m", true),
        new TaskCommand.Checkpoint(fence, "half way"),
        new TaskCommand.Use(fence, USAGE),
        new TaskCommand.HoldOverBudget(fence, "m"),
        new TaskCommand.GrantFiles(fence, "q", FILES),
        new TaskCommand.Land(fence),
        new TaskCommand.Reject(fence, "m"),
        new TaskCommand.Drop("ann", "m"),
        new TaskCommand.Retry("m"),
        new TaskCommand.LeaveOut("m"),
        new TaskCommand.Approve("lead", "ann", "m"),
        new TaskCommand.Decline("lead", "ann", "m"),
        new TaskCommand.AnswerBlocker("b", "m", "ann"));
  }

  private static String pair(TaskState state, TaskCommand command) {
    return word(state) + " x " + command.getClass().getSimpleName();
  }

  private static String word(TaskState state) {
    return switch (state) {
      case TaskState.Held held when held.keptFence() != 0 -> "Kept";
      case TaskState.Skipped skipped when skipped.byPerson() -> "LeftOut";
      default -> state.getClass().getSimpleName();
    };
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
      if (type.isSealed()) {
        names.addAll(names(type.getPermittedSubclasses()));
      } else {
        names.add(type.getSimpleName());
      }
    }
    return names;
  }
}
