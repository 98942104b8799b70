package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.dispatch.Explanation.TaskExplanation;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.task.TaskCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainTest {

  @Test
  void aWaitingTaskNamesItsOpenNeedsAndWhenTheyAreExpected() {
    Explanation all =
        explanation(
            rehearsal("a 60S milestone half@30S", "b 20S needs a", "c 10S needs a.half,b"),
            10,
            null);

    assertThat(words(all, "b")).containsExactly("needs a, Running, by 60", "earliest 60");
    assertThat(words(all, "c"))
        .containsExactly("needs a.half, Running, by 30", "needs b, Waiting, by 80", "earliest 80");
  }

  @Test
  void aTaskBehindALockNamesTheFileItsHolderAndTheEndOfTheLease() {
    Explanation all =
        explanation(
            rehearsal("a 60S writes x.rs,y.rs", "b 20S writes x.rs", "c 5S reads y.rs"), 10, null);

    assertThat(words(all, "b"))
        .containsExactly("x.rs is locked by a on dev-1 since 0 lease 35 by 60", "earliest 60");
    assertThat(words(all, "c"))
        .containsExactly("y.rs is locked by a on dev-1 since 0 lease 35 by 60", "earliest 60");
  }

  @Test
  void whatIsReservedForAnotherNamesItAndWhenThatIsDone() {
    Explanation all =
        explanation(
            rehearsal(
                "resource staging 2",
                "a 60S writes x",
                "b 20S writes x,y uses staging",
                "d 5S",
                "c 90S needs d writes y",
                "e 5S needs d"),
            10,
            null);

    assertThat(words(all, "b")).anyMatch(word -> word.startsWith("x is locked by a"));
    assertThat(words(all, "c"))
        .containsExactly("y is kept for b, which has waited longest, by 80", "earliest 80");
  }

  @Test
  void aTaskWithoutItsResourceNamesWhatIsFree() {
    Rehearsal rehearsal =
        rehearsal("resource staging 1", "a 60S uses staging", "b 20S uses staging");

    assertThat(told(rehearsal, 10, "b"))
        .containsExactly("staging: wants 1, 0 of 1 are free, by 60", "earliest 60");
  }

  @Test
  void aTaskWithoutAnAgentSaysWhetherThereIsNoneOrAllAreBusy() {
    Explanation all =
        explanation(
            rehearsal("a 60S", "b 60S", "c 60S", "d 60S", "e 9S", "f 9S role ops"), 10, null);

    assertThat(words(all, "e"))
        .containsExactly("no agent dev: 4 connected, 4 busy, by 60", "earliest 60");
    assertThat(words(all, "f"))
        .containsExactly("no agent ops: 0 connected, 0 busy, by nobody knows", "earliest unknown");
  }

  @Test
  void aLaterPhaseNamesWhatKeepsItClosed() {
    Rehearsal rehearsal =
        new Rehearsal(
                PlanText.plan(
                    "phase one approval audit", "phase two", "a 60S phase one", "b 9S phase two"),
                1,
                1,
                false)
            .agents("dev", 1);

    assertThat(told(rehearsal, 10, "b"))
        .containsExactly("phase one: 1 open, closed [audit], by nobody knows", "earliest unknown");
  }

  @Test
  void whatWaitsForAPersonSaysForWhat() {
    Rehearsal rehearsal =
        new Rehearsal(PlanText.plan("a 5S approval lead", "b 60S", "c 9S needs a"), 1, 1, false)
            .agents("dev", 2);
    rehearsal.at(
        Duration.ofSeconds(8),
        () -> {
          long fence = rehearsal.life("b").state().liveFence();
          rehearsal.change("b", new TaskCommand.RaiseBlocker(fence, "q", "which one?", true));
          rehearsal.change(new RunCommand.Pause("a look"));
        });

    Explanation all = explanation(rehearsal, 10, null);

    assertThat(all.tasks()).extracting(t -> t.task().value()).containsExactly("a", "b", "c");
    assertThat(words(all, "a")).containsExactly("approvals [lead]", "earliest unknown");
    assertThat(words(all, "b")).containsExactly("asks which one? kept", "earliest unknown");
    assertThat(words(all, "c"))
        .containsExactly(
            "paused a look", "needs a, Verifying, by nobody knows", "earliest unknown");
  }

  @Test
  void measuredDurationsMoveWhatIsExpected() {
    Rehearsal slow = rehearsal("a 10S", "b 20S needs a", "c 5S needs b");
    slow.agent("dev-1").slowDown(2);

    assertThat(told(slow, 30, "c")).containsExactly("needs b, Running, by 60", "earliest 60");
  }

  @Test
  void theRolesOfTheRunSayHowManyAgentsThereAre() {
    Explanation explanation = explanation(rehearsal("a 60S", "f 9S role ops"), 10, null);

    assertThat(explanation.roles())
        .extracting(r -> r.role() + " " + r.agents() + " " + r.slots() + " " + r.free())
        .containsExactly("dev 4 4 3", "ops 0 0 0");
  }

  private static Rehearsal rehearsal(String... lines) {
    Plan plan = PlanText.plan(lines);
    return new Rehearsal(plan, 1, 1).agents("dev", 4);
  }

  private static List<String> told(Rehearsal rehearsal, int second, String task) {
    return words(explanation(rehearsal, second, new TaskId(task)), task);
  }

  private static Explanation explanation(Rehearsal rehearsal, int second, @Nullable TaskId task) {
    List<Explanation> heard = new ArrayList<>();
    rehearsal.at(
        Duration.ofSeconds(second),
        () ->
            heard.add(
                Explain.of(
                    Objects.requireNonNull(
                        rehearsal.shard().findSituation(rehearsal.spec().id(), rehearsal.now())),
                    task)));
    rehearsal.run(Duration.ofSeconds(second + 1));
    return heard.getFirst();
  }

  private static List<String> words(Explanation explanation, String task) {
    for (TaskExplanation told : explanation.tasks()) {
      if (told.task().value().equals(task)) {
        List<String> words = new ArrayList<>();
        told.reasons().forEach(reason -> words.add(word(reason)));
        words.add(
            "earliest " + (told.earliestStart() == null ? "unknown" : at(told.earliestStart())));
        return words;
      }
    }
    throw new AssertionError("nothing is said of " + task);
  }

  private static String word(Reason reason) {
    return switch (reason) {
      case Reason.NeedOpen r ->
          "needs %s%s, %s, by %s"
              .formatted(
                  r.task(),
                  r.milestone() == null ? "" : "." + r.milestone(),
                  r.state(),
                  at(r.expectedAt()));
      case Reason.PhaseClosed r ->
          "phase %s: %d open, closed %s, by %s"
              .formatted(r.phase(), r.openTasks(), r.closedGates(), at(r.expectedAt()));
      case Reason.LockHeld r ->
          "%s is locked by %s on %s since %s lease %s by %s"
              .formatted(
                  r.path(),
                  r.holder(),
                  r.agent(),
                  at(r.since()),
                  at(r.leaseUntil()),
                  at(r.expectedAt()));
      case Reason.Claimed r ->
          "%s is kept for %s, which %s, by %s"
              .formatted(
                  r.what(),
                  r.by(),
                  r.live() ? "has asked" : "has waited longest",
                  at(r.expectedAt()));
      case Reason.ResourceShort r ->
          "%s: wants %d, %d of %d are free, by %s"
              .formatted(r.resource(), r.wanted(), r.free(), r.capacity(), at(r.expectedAt()));
      case Reason.NoAgent r ->
          "no agent %s: %d connected, %d busy, by %s"
              .formatted(r.role(), r.connected(), r.busy(), at(r.expectedAt()));
      case Reason.BlockerOpen r -> "asks " + r.text() + (r.kept() ? " kept" : "");
      case Reason.ApprovalMissing r -> "approvals " + r.approvals();
      case Reason.RunIsPaused r -> "paused " + r.why();
      default -> reason.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static String at(@Nullable Instant at) {
    return at == null
        ? "nobody knows"
        : Long.toString(Duration.between(Rehearsal.T0, at).toSeconds());
  }
}
