package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the states mean for others, and what a second attempt and a second question are. */
class TaskStateTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final AgentId AGENT = new AgentId("a1");
  private static final TaskTerms PLAIN = terms();

  private final List<TaskEvent> events = new ArrayList<>();
  private TaskLife life = TaskLife.BEGINNING;
  private Instant now = T0;

  private static TaskTerms terms(Gate... gates) {
    return new TaskTerms(3, 4, 2, 5, Duration.ofSeconds(10), List.of(gates), List.of(), false);
  }

  private TaskDecision decide(TaskCommand command, TaskTerms terms) {
    TaskDecision decision = TaskRules.decide(life, command, terms, 0);
    if (decision instanceof TaskDecision.Accepted accepted) {
      for (TaskEvent event : accepted.events()) {
        events.add(event);
        life = life.after(event, now);
      }
    }
    return decision;
  }

  private void accept(TaskCommand... commands) {
    for (TaskCommand command : commands) {
      assertThat(decide(command, PLAIN)).isInstanceOf(TaskDecision.Accepted.class);
    }
  }

  private TaskDecision.Refused refuse(TaskCommand command, TaskTerms terms) {
    return (TaskDecision.Refused) decide(command, terms);
  }

  private void run(long fence) {
    accept(new TaskCommand.Lease(AGENT, fence), new TaskCommand.Accept(fence));
  }

  private static TaskCommand succeed(long fence, Map<String, Double> metrics) {
    return new TaskCommand.Succeed(fence, "r" + fence, metrics, Map.of());
  }

  @Test
  void aStateIsFinalOrSatisfiedOrLost() {
    List<TaskState> live =
        List.of(
            new TaskState.Waiting(),
            new TaskState.Ready(T0),
            new TaskState.Leased(AGENT, 1, 1, T0),
            new TaskState.Running(AGENT, 1, 1, T0),
            new TaskState.Verifying(AGENT, 1, 1, "r", Map.of(), List.of()),
            new TaskState.Integrating(1, 1),
            new TaskState.Backoff(T0, Duration.ofSeconds(1), ""),
            new TaskState.Held("", 0),
            new TaskState.Cancelling(AGENT, 1, T0));
    List<TaskState> satisfied = List.of(new TaskState.Done(T0), new TaskState.Skipped("", true));
    List<TaskState> lost =
        List.of(
            new TaskState.Failed(""),
            new TaskState.Cancelled(""),
            new TaskState.Skipped("", false));

    assertThat(live).noneMatch(TaskState::isFinal).noneMatch(TaskState::isSatisfied);
    assertThat(live).noneMatch(TaskState::isLost);
    assertThat(satisfied).allMatch(TaskState::isFinal).allMatch(TaskState::isSatisfied);
    assertThat(satisfied).noneMatch(TaskState::isLost);
    assertThat(lost).allMatch(TaskState::isFinal).noneMatch(TaskState::isSatisfied);
    assertThat(lost).allMatch(TaskState::isLost);
  }

  @Test
  void aPauseEndsSoLongAfterItBegan() {
    assertThat(new TaskState.Backoff(T0, Duration.ofSeconds(5), "").until())
        .isEqualTo(T0.plusSeconds(5));
  }

  @Test
  void aSecondAttemptHasTheNextNumberAndItsOwnResultAndTheTaskWasReadyOnce() {
    accept(new TaskCommand.MakeReady());
    run(1);
    accept(new TaskCommand.Fail(1, "r1", "broken", true));
    now = T0.plusSeconds(60);
    accept(new TaskCommand.EndBackoff());
    run(2);

    assertThat(life.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(life.attempts().getFirst().outcome()).isEqualTo(Attempt.Outcome.FAILED);
    assertThat(life.readyAt()).isEqualTo(T0);
    accept(succeed(2, Map.of()));
    assertThat(refuse(succeed(2, Map.of()), PLAIN).refusal())
        .isEqualTo(TaskDecision.Refusal.DUPLICATE);
    assertThat(refuse(succeed(1, Map.of()), PLAIN).refusal())
        .isEqualTo(TaskDecision.Refusal.DUPLICATE);
    assertThat(refuse(succeed(3, Map.of()), PLAIN).message())
        .isEqualTo("fence 3 is not the live one: no attempt is live");
  }

  @Test
  void anOldFenceHearsWhichOneIsLive() {
    accept(new TaskCommand.MakeReady());
    run(2);

    assertThat(refuse(new TaskCommand.Accept(1), PLAIN).message())
        .isEqualTo("fence 1 is not the live one: the live one is 2");
  }

  @Test
  void ofTwoQuestionsTheNamedOneIsAnswered() {
    accept(new TaskCommand.MakeReady());
    run(1);
    accept(
        new TaskCommand.RaiseBlocker(1, "one", "which?", true),
        new TaskCommand.RaiseBlocker(1, "two", "where?", true));

    accept(new TaskCommand.AnswerBlocker("two", "there", "ann"));

    assertThat(life.openBlockers()).extracting(Blocker::id).containsExactly("one");
    assertThat(refuse(new TaskCommand.AnswerBlocker("three", "x", "ann"), PLAIN).message())
        .isEqualTo("expected blocker 'three', open are [one]");
  }

  @Test
  void bothEndsOfAMetricAreGreen() {
    TaskTerms between = terms(new Gate.Metric("covered", 0.5, 0.75));

    for (double value : new double[] {0.5, 0.6, 0.75}) {
      assertThat(eventsOf(value, between)).as("%s", value).endsWith("Done");
    }
    for (double value : new double[] {0.49, 0.76}) {
      assertThat(eventsOf(value, between)).as("%s", value).endsWith("AttemptFailed");
    }
  }

  private static String eventsOf(double value, TaskTerms terms) {
    TaskStateTest task = new TaskStateTest();
    task.accept(new TaskCommand.MakeReady());
    task.run(1);
    task.decide(succeed(1, Map.of("covered", value)), terms);
    return task.events.getLast().getClass().getSimpleName();
  }

  @Test
  void aGateThatTheAgentDidNotTryIsRed() {
    accept(new TaskCommand.MakeReady());
    run(1);

    decide(succeed(1, Map.of()), terms(new Gate.Run("make"), new Gate.PresentFile("out.txt")));

    assertThat(life.attempts().getLast().message())
        .isEqualTo("run: make: was not reported; file: out.txt: was not reported");
    assertThat(life.attempts().getLast().outcome()).isEqualTo(Attempt.Outcome.REJECTED);
  }

  @Test
  void anApprovalThatNobodyAskedForIsNotDeclined() {
    TaskTerms approved = terms(new Gate.Approval("lead"));
    accept(new TaskCommand.MakeReady());
    run(1);
    decide(succeed(1, Map.of()), approved);

    assertThat(refuse(new TaskCommand.Decline("boss", "ann", "no"), approved).message())
        .isEqualTo("approval: expected one of [lead], was 'boss'");
  }

  @Test
  void idsAreShownAndOrderedAsTheyAreWritten() {
    assertThat(AGENT).isLessThan(new AgentId("a2")).hasToString("a1");
    assertThat(new RunId(2)).isGreaterThan(new RunId(1)).hasToString("2");
    assertThat(new TaskRef(new RunId(2), new TaskId("build"), 7)).hasToString("2/build/7");
    assertThatThrownBy(() -> new RunId(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AgentId("no blanks")).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Delivery("c0ffee", Map.of("port", "1")).outputs()).containsEntry("port", "1");
  }
}
