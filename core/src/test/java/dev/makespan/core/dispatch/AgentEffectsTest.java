package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a shard answers to an agent, word by word. */
class AgentEffectsTest {

  /** One agent of two slots, which has accepted x and not yet y. */
  private static Talk talk() {
    Talk talk = new Talk().hello("a1", 2).start("x 1h milestone half@30m", "y 1h", "z 1h", "w 1h");
    return talk.accept("a1", "x");
  }

  /** The same, with x cancelled. */
  private static Talk cancelling() {
    return talk().change("x", new TaskCommand.Cancel("not this"));
  }

  private static AgentSays status(int free, TaskRef... held) {
    return new AgentSays.Status(List.of(held), free);
  }

  @Test
  void eachHeldAttemptIsDecidedAtWelcomeAndAnAssignmentThatIsHeldCountsAsAccepted() {
    Talk talk = talk();
    assertThat(talk.state("y")).isEqualTo("Leased");

    talk.hello("a1", 2, talk.ref("x"), talk.ref("y"), Talk.unknown("z"));

    assertThat(talk.heard()).containsExactly("a1 Welcome x+ y+ z-");
    assertThat(talk.state("x")).isEqualTo("Running");
    assertThat(talk.state("y")).isEqualTo("Running");
  }

  @Test
  void whatAnAgentComesBackWithoutIsLost() {
    Talk talk = talk();

    talk.hello("a1", 2, talk.ref("y"));

    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.LOST);
    assertThat(talk.life("x").attempts().getLast().message())
        .isEqualTo("agent a1 came back without it");
    assertThat(talk.state("y")).isEqualTo("Running");
  }

  @Test
  void anUnacknowledgedResultIsWaitedForAndTakenWhatsoever() {
    Talk talk = talk();

    talk.hello("a1", "a1", 2, List.of(), List.of(talk.ref("x"), Talk.unknown("z")));

    assertThat(talk.heard()).contains("a1 Welcome x+ z+");
    assertThat(talk.state("x")).isEqualTo("Running");
  }

  @Test
  void aNewerSessionOfAnAgentEndsItsOlderAndTheSameDoesNot() {
    Talk talk = talk();

    talk.hello("a1", "again", 2, List.of(talk.ref("x")), List.of());
    assertThat(talk.heard())
        .contains("a1 is closed: a newer session of agent a1 was opened", "again Welcome x+");

    talk.hello("a1", "again", 2, List.of(talk.ref("x")), List.of());
    assertThat(talk.heard()).noneMatch(word -> word.contains("closed"));
  }

  @Test
  void aCancelIsSaidAgainWhateverTheAgentSays() {
    String cancel = "a1 Cancel x";
    assertThat(cancelling().heard()).containsExactly(cancel);
    Talk talk = cancelling();
    TaskRef x = talk.ref("x");

    assertThat(talk.say("a1", status(1, x)).heard()).contains(cancel);
    assertThat(talk.say("a1", new AgentSays.Started(x)).heard()).containsExactly(cancel);
    assertThat(talk.say("a1", new AgentSays.Accept(x)).heard()).containsExactly(cancel);
    assertThat(talk.say("a1", new AgentSays.MilestoneReached(x, new MilestoneId("half"))).heard())
        .containsExactly(cancel);
    assertThat(talk.say("a1", new AgentSays.RequestFiles(x, "f", List.of(), "")).heard())
        .containsExactly(cancel);
    assertThat(talk.hello("a1", 2, x).heard()).contains("a1 Welcome x+", cancel);
  }

  @Test
  void aCancelledTaskEndsAsItsAgentConfirmsReportsOrRefuses() {
    Talk confirmed = cancelling();
    confirmed.say("a1", new AgentSays.Cancelled(confirmed.ref("x"), "TERM"));
    Talk reported = cancelling();
    reported.say("a1", reported.result("x"));
    Talk refused = talk().change("y", new TaskCommand.Cancel("not this"));
    refused.say("a1", new AgentSays.Refuse(refused.ref("y"), "busy"));

    assertThat(confirmed.state("x")).isEqualTo("Cancelled");
    assertThat(reported.state("x")).isEqualTo("Cancelled");
    assertThat(reported.heard()).contains("a1 ResultAck x SUPERSEDED");
    assertThat(refused.state("y")).isEqualTo("Cancelled");
  }

  @Test
  void aStatusRenewsWhatIsHeldAndLosesWhatIsNot() {
    Talk talk = talk();

    talk.say("a1", status(0, talk.ref("x"), Talk.unknown("z")));
    assertThat(talk.heard()).containsExactly("a1 LeaseRenewed x 30", "a1 LeaseLost z");
    assertThat(talk.state("y")).as("under way to the agent").isEqualTo("Leased");

    talk.say("a1", status(1));
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.LOST);
    assertThat(talk.life("x").attempts().getLast().message())
        .isEqualTo("agent a1 no longer holds it");
    assertThat(talk.state("y")).isEqualTo("Leased");
  }

  @Test
  void aStatusAndACapacitySayHowManySlotsThereAreBesideWhatWasAccepted() {
    Talk byStatus = talk();
    Talk byCapacity = talk();
    Talk full = talk();

    byStatus.say("a1", status(2, byStatus.ref("x")));
    byCapacity.say("a1", new AgentSays.Capacity(2));
    full.say("a1", new AgentSays.Capacity(1));

    assertThat(byStatus.heard()).contains("a1 Assign z").doesNotContain("a1 Assign w");
    assertThat(byCapacity.heard()).containsExactly("a1 Assign z");
    assertThat(full.heard()).as("y is under way to the free slot").isEmpty();
  }

  @Test
  void aSlotThatIsFreedBeforeTheResultIsGivenAwayOnce() {
    Talk talk = talk().accept("a1", "y");

    talk.say("a1", new AgentSays.SlotFree(talk.ref("x")));
    assertThat(talk.heard()).containsExactly("a1 Assign z");
    talk.accept("a1", "z");

    talk.say("a1", status(0, talk.ref("x"), talk.ref("y"), talk.ref("z")));
    assertThat(talk.heard())
        .containsExactly("a1 LeaseRenewed x 30", "a1 LeaseRenewed y 30", "a1 LeaseRenewed z 30");
    talk.say("a1", talk.result("x"));
    assertThat(talk.heard()).containsExactly("a1 ResultAck x COMMITTED");
  }

  @Test
  void workWhoseSlotIsFreeIsStillTheAgentsAndLostWithIt() {
    Talk talk = talk();
    talk.say("a1", new AgentSays.SlotFree(talk.ref("x")));
    talk.hand(new ShardInput.SessionClosed(new SessionId("a1"), "gone"));

    talk.hello("a1", 2, talk.ref("x"));
    assertThat(talk.heard()).contains("a1 Welcome x+");

    talk.say("a1", status(2));
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.LOST);
  }

  @Test
  void aDrainingAgentGetsNothingNewUntilItSaysHelloAgain() {
    Talk talk = talk();
    talk.say("a1", new AgentSays.Draining("leaving"));

    talk.say("a1", talk.result("x"));
    assertThat(talk.heard()).containsExactly("a1 ResultAck x COMMITTED");

    talk.hello("a1", 2, talk.ref("y"));
    assertThat(talk.heard()).containsExactly("a1 Welcome y+", "a1 Assign z");
  }

  @Test
  void anAgentWhoseLeaseRanOutGetsNothingUntilItIsHeard() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h").accept("a1", "x");
    assertThat(talk.wait(29).heard()).isEmpty();

    assertThat(talk.wait(1).heard()).containsExactly("a1 LeaseLost x");
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.LOST);
    assertThat(talk.life("x").attempts().getLast().message())
        .isEqualTo("the lease of agent a1 ran out");
    assertThat(talk.wait(60).heard()).isEmpty();

    assertThat(talk.say("a1", status(1)).heard()).containsExactly("a1 Assign x");
  }

  @Test
  void anAcceptanceBeginsTheLeaseAnew() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h").wait(4).accept("a1", "x");

    talk.wait(29);
    assertThat(talk.state("x")).isEqualTo("Running");

    talk.wait(1);
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.LOST);
  }

  @Test
  void anAssignmentWithoutAnAnswerIsTakenBackAndGoesToAnother() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h");
    assertThat(talk.wait(4).heard()).isEmpty();

    assertThat(talk.wait(1).heard()).containsExactly("a1 Retract x");
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.RETURNED);
    assertThat(talk.life("x").attempts().getLast().message())
        .isEqualTo("agent a1 did not answer within 5000 ms");

    assertThat(talk.hello("a2", 1).heard()).containsExactly("a2 Welcome", "a2 Assign x");
  }

  @Test
  void anAgentThatRefusedIsAskedAgainOnceItHasRested() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h");

    talk.say("a1", new AgentSays.Refuse(talk.ref("x"), "no runner"));
    assertThat(talk.heard()).isEmpty();
    assertThat(talk.life("x").attempts().getLast().message()).isEqualTo("refused: no runner");

    assertThat(talk.wait(29).heard()).isEmpty();
    assertThat(talk.wait(1).heard()).containsExactly("a1 Assign x");
  }

  @Test
  void aTaskPastItsTimeoutIsTakenFromItsAgent() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h timeout 10S").accept("a1", "x");
    assertThat(talk.wait(9).heard()).isEmpty();

    assertThat(talk.wait(1).heard()).containsExactly("a1 LeaseLost x");
    assertThat(talk.life("x").attempts().getLast().message())
        .isEqualTo("not done within its timeout of PT10S");
  }

  @Test
  void aTaskThatWasHeldHasAllItsTimeAgain() {
    Talk talk = new Talk().hello("a1", 1).start("x 1h timeout 10S").accept("a1", "x").wait(5);
    talk.say("a1", new AgentSays.RaiseBlocker(talk.ref("x"), "q", "which?", true)).wait(3);
    talk.change("x", new TaskCommand.AnswerBlocker("q", "that", "ann"));

    talk.wait(9);
    assertThat(talk.state("x")).isEqualTo("Running");

    talk.wait(1);
    assertThat(talk.outcome("x")).isEqualTo(Attempt.Outcome.FAILED);
  }

  @Test
  void newsOfWorkThatIsNobodysAreAnsweredWithTheLossOfTheLease() {
    Talk talk = talk();
    TaskRef none = Talk.unknown("x");
    MilestoneId half = new MilestoneId("half");

    assertThat(talk.say("a1", new AgentSays.Progress(none, 1, "")).heard())
        .containsExactly("a1 LeaseLost x");
    assertThat(talk.say("a1", new AgentSays.Started(none)).heard())
        .containsExactly("a1 LeaseLost x");
    assertThat(talk.say("a1", new AgentSays.MilestoneReached(none, half)).heard())
        .containsExactly("a1 LeaseLost x");
    assertThat(talk.say("a1", new AgentSays.Progress(talk.ref("x"), 1, "")).heard()).isEmpty();
    assertThat(talk.say("a1", new AgentSays.Started(talk.ref("y"))).heard()).isEmpty();
    assertThat(talk.state("y")).isEqualTo("Running");
  }

  @Test
  void aTaskThatIsInNoRunIsNobodys() {
    Talk talk = talk();

    assertThat(talk.say("a1", status(0, talk.ref("x"), Talk.unknown("none"))).heard())
        .contains("a1 LeaseLost none");
  }

  @Test
  void aMilestoneThatTheTaskDoesNotHaveIsNotUnderstood() {
    Talk talk = talk();

    talk.say("a1", new AgentSays.MilestoneReached(talk.ref("x"), new MilestoneId("most")));

    assertThat(talk.heard()).containsExactly("a1 Nack milestone: expected one of [half], was most");
    assertThat(talk.state("x")).isEqualTo("Running");
  }

  @Test
  void aSecondHelloInAStreamEndsIt() {
    Talk talk = talk();
    AgentSays.Hello hello =
        new AgentSays.Hello(
            new SessionId("a1"),
            new AgentId("a1"),
            1,
            List.of(),
            Map.of(),
            1,
            List.of(),
            List.of(),
            "test");

    assertThat(talk.say("a1", hello).heard())
        .containsExactly("a1 is closed: expected Hello once, it came again");
  }

  @Test
  void whatAnAgentFoundOfAGateDecides() {
    Talk red = real("x 1h gate make");
    Talk green = real("x 1h gate make");
    String gate = red.assigned().spec().gates().getFirst();

    red.say("a1", red.result("x", new AgentSays.GateReport(gate, false, "2 errors")));
    green.say("a1", green.result("x", new AgentSays.GateReport(gate, true, "")));

    assertThat(red.outcome("x")).isEqualTo(Attempt.Outcome.REJECTED);
    assertThat(red.life("x").attempts().getLast().message()).contains("2 errors");
    assertThat(green.state("x")).isEqualTo("Done");
  }

  private static Talk real(String... lines) {
    return new Talk().hello("a1", 1).start(PlanText.plan(lines), false);
  }

  @Test
  void aResultBesideTheStreamOfItsOwnSessionIsTaken() {
    Talk talk = talk();
    SessionId mine = new SessionId("a1");
    SessionId nobody = new SessionId("nobody");

    talk.hand(new ShardInput.ResultReported(nobody, talk.result("x")));
    assertThat(talk.heard()).containsExactly("nobody ResultAck x SUPERSEDED");
    assertThat(talk.state("x")).isEqualTo("Running");

    talk.hand(new ShardInput.ResultReported(mine, talk.result("x")));
    assertThat(talk.heard()).contains("a1 ResultAck x COMMITTED");
  }

  @Test
  void theAnswerToOneOfTwoQuestionsIsToldAlone() {
    Talk talk = talk();
    talk.say("a1", new AgentSays.RaiseBlocker(talk.ref("x"), "one", "which?", true));
    talk.say("a1", new AgentSays.RaiseBlocker(talk.ref("x"), "two", "where?", true));

    talk.change("x", new TaskCommand.AnswerBlocker("one", "that", "ann"));
    assertThat(talk.heard()).containsExactly("a1 Answer one that");

    talk.change("x", new TaskCommand.AnswerBlocker("two", "there", "ann"));
    assertThat(talk.heard()).containsExactly("a1 Answer two there");
    assertThat(talk.state("x")).isEqualTo("Running");
  }

  @Test
  void theAgentsOfACancelledRunAreToldToStop() {
    Talk talk = talk();

    talk.hand(new ShardInput.CancelRun(Talk.RUN, "enough"));

    assertThat(talk.heard()).containsExactly("a1 Cancel x", "a1 Cancel y");
    talk.change(new RunCommand.Pause("x"));
    assertThat(talk.heard()).isEmpty();
  }
}
