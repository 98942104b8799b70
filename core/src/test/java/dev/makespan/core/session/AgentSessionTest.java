package dev.makespan.core.session;

import static dev.makespan.core.session.Samples.REF;
import static dev.makespan.core.session.Samples.START;
import static dev.makespan.core.session.Samples.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgentSessionTest {

  private static final AgentIdentity IDENTITY =
      new AgentIdentity(
          Samples.hello(List.of(), List.of()).session(),
          Samples.hello(List.of(), List.of()).agent(),
          1,
          Samples.hello(List.of(), List.of()).roles(),
          Map.of(),
          1,
          "test");

  /** Where an agent may be, seen from a message about one attempt. */
  enum Situation {
    DOWN,
    GREETING,
    IDLE,
    HOLDING,
    CANCELLING,
    OWING,
    DRAINING
  }

  private static final Table EXPECTED =
      Table.of(
          """
          |Welcome|Assign       |LeaseRenewed|LeaseLost|Cancel   |Retract|ResultAck|GoAway |Nack|Answer|Pause|Resume|Warning
          DOWN      |       |             |            |         |         |       |         |       |||||
          GREETING  |       |hangUp       |hangUp      |hangUp   |hangUp   |hangUp |hangUp   |hangUp |hangUp|hangUp|hangUp|hangUp|hangUp
          IDLE      |hangUp |Accept, start|            |         |Cancelled|       |         |moveOn |||Capacity|Capacity|
          HOLDING   |hangUp |             |            |stop     |stop     |stop   |         |moveOn |||Capacity|Capacity|warn
          CANCELLING|hangUp |             |            |stop     |         |stop   |         |moveOn |||Capacity|Capacity|warn
          OWING     |hangUp |             |            |         |Cancelled|       |         |moveOn |||Capacity|Capacity|
          DRAINING  |hangUp |Refuse       |            |         |Cancelled|       |         |moveOn |||Capacity|Capacity|
          """);

  private static AgentSession session(Situation situation) {
    AgentSession session = new AgentSession(IDENTITY, AgentClocks.DEFAULT, START);
    if (situation == Situation.DOWN) {
      return session;
    }
    session.connected(START);
    if (situation == Situation.GREETING) {
      return session;
    }
    session.gatewaySaid(Samples.welcome(), START);
    if (situation == Situation.DRAINING) {
      session.drain("leaving");
    } else if (situation != Situation.IDLE) {
      session.gatewaySaid(Samples.assign(REF), START);
    }
    if (situation == Situation.CANCELLING) {
      session.gatewaySaid(new GatewaySays.Cancel(REF, Duration.ofSeconds(1), "asked"), START);
    } else if (situation == Situation.OWING) {
      session.finished(Samples.result(REF), START);
    }
    return session;
  }

  private static String summary(List<AgentMove> moves) {
    return moves.stream().map(AgentSessionTest::summary).collect(Collectors.joining(", "));
  }

  private static String summary(AgentMove move) {
    return switch (move) {
      case AgentMove.Say say -> say.message().getClass().getSimpleName();
      case AgentMove.Start start -> "start";
      case AgentMove.Warn warn -> "warn";
      case AgentMove.Stop stop -> "stop";
      case AgentMove.Answered answered -> "answered";
      case AgentMove.Report report -> "report";
      case AgentMove.HangUp hangUp -> "hangUp";
      case AgentMove.MoveOn moveOn -> "moveOn";
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageIsDecidedInEverySituation(Situation situation) {
    for (GatewaySays said : Samples.gatewaySays()) {
      AgentSession session = session(situation);

      List<AgentMove> moves = session.gatewaySaid(said, START);

      String name = said.getClass().getSimpleName();
      assertThat(summary(moves))
          .as(situation + " × " + name)
          .isEqualTo(EXPECTED.expected(situation.name(), name));
    }
  }

  @Test
  void helloSaysWhatIsHeldAndWhatIsOwed() {
    AgentSession session = session(Situation.OWING);
    session.disconnected(START);

    List<AgentMove> moves = session.connected(START);

    assertThat(moves).containsExactly(new AgentMove.Say(Samples.hello(List.of(), List.of(REF))));
  }

  @Test
  void resultsAndMilestonesAreSaidAgainAfterWelcome() {
    AgentSession owing = session(Situation.OWING);
    AgentSession holding = session(Situation.HOLDING);
    holding.started(REF);
    holding.reached(REF, new MilestoneId("half"));

    assertThat(summary(reconnect(owing))).isEqualTo("Result");
    assertThat(summary(reconnect(holding))).isEqualTo("Started, MilestoneReached");
  }

  private static List<AgentMove> reconnect(AgentSession session) {
    session.disconnected(START);
    session.connected(START);
    return session.gatewaySaid(Samples.welcome(new GatewaySays.HeldDecision(REF, true)), START);
  }

  @Test
  void anAttemptThatSomebodyElseHasIsStoppedAtWelcome() {
    AgentSession session = session(Situation.HOLDING);
    session.disconnected(START);
    session.connected(START);

    List<AgentMove> moves =
        session.gatewaySaid(Samples.welcome(new GatewaySays.HeldDecision(REF, false)), START);

    assertThat(summary(moves)).isEqualTo("stop");
    assertThat(session.isIdle()).isTrue();
  }

  @Test
  void workStopsByItselfTwoSecondsBeforeItsLeaseEndsUnanswered() {
    AgentSession session = session(Situation.HOLDING);
    session.disconnected(START);

    List<AgentMove> before = session.tick(START.plusMillis(27_999));
    List<AgentMove> after = session.tick(START.plusSeconds(28));

    assertThat(summary(before)).isEmpty();
    assertThat(summary(after)).isEqualTo("stop");
  }

  @Test
  void anAnswerToAStatusKeepsTheWorkGoing() {
    AgentSession session = session(Situation.HOLDING);
    Instant later = START.plusSeconds(20);

    session.gatewaySaid(new GatewaySays.LeaseRenewed(REF, Duration.ofSeconds(30)), later);

    assertThat(summary(session.tick(START.plusSeconds(40)))).isEqualTo("Status");
    assertThat(summary(session.tick(later.plusSeconds(28)))).isEqualTo("stop, Status");
  }

  @Test
  void aStatusIsDueAfterEachIntervalAndListsHeldAndOwed() {
    AgentSession session = session(Situation.OWING);

    List<AgentMove> moves = session.tick(START.plusSeconds(5));

    assertThat(session.nextDeadline()).isEqualTo(START.plusSeconds(10));
    assertThat(moves).containsExactly(new AgentMove.Say(new AgentSays.Status(List.of(REF), 0)));
  }

  @Test
  void aSlotThatAStatusMayHaveBlockedIsOfferedAgain() {
    AgentSession session = session(Situation.OWING);
    session.tick(START.plusSeconds(5));

    List<AgentMove> moves =
        session.gatewaySaid(
            new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.COMMITTED, ""), START);

    assertThat(moves).containsExactly(new AgentMove.Say(new AgentSays.Capacity(1)));
  }

  @Test
  void anUnansweredResultIsSaidAgainAndAnsweredOnce() {
    AgentSession session = session(Situation.OWING);

    List<AgentMove> again = session.tick(START.plusSeconds(10));
    session.gatewaySaid(
        new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.DUPLICATE, ""), START);

    assertThat(again).contains(new AgentMove.Say(Samples.result(REF)));
    assertThat(session.owesNothing()).isTrue();
  }

  @Test
  void aResultGoesBesideAStreamThatIsDown() {
    AgentSession session = session(Situation.OWING);
    session.disconnected(START);

    assertThat(summary(session.tick(START.plusSeconds(4)))).isEmpty();
    assertThat(summary(session.tick(START.plusSeconds(10)))).isEqualTo("report");
    assertThat(summary(session.tick(START.plusSeconds(11)))).isEmpty();
  }

  @Test
  void aTryWithoutWelcomeDoesNotMakeTheStreamLessDown() {
    AgentSession session = session(Situation.OWING);
    session.disconnected(START);
    session.connected(START.plusSeconds(3));
    session.disconnected(START.plusSeconds(9));

    List<AgentMove> moves = session.tick(START.plusSeconds(10));

    assertThat(summary(moves)).isEqualTo("report");
  }

  @Test
  void aCancelIsConfirmedWhenTheWorkHasStopped() {
    AgentSession session = session(Situation.CANCELLING);

    List<AgentMove> moves = session.stopped(REF, "TERM");

    assertThat(moves).containsExactly(new AgentMove.Say(new AgentSays.Cancelled(REF, "TERM")));
    assertThat(session.isIdle()).isTrue();
  }

  @Test
  void newsOfAbandonedWorkAreDropped() {
    AgentSession session = session(Situation.HOLDING);
    session.gatewaySaid(new GatewaySays.LeaseLost(REF), START);

    assertThat(session.started(REF)).isEmpty();
    assertThat(session.progressed(new AgentSays.Progress(REF, 10, ""))).isEmpty();
    assertThat(session.reached(REF, new MilestoneId("half"))).isEmpty();
    assertThat(session.finished(Samples.result(REF), START)).isEmpty();
    assertThat(session.stopped(REF, "KILL")).isEmpty();
  }

  @Test
  void moreThanTheSlotsIsRefused() {
    AgentSession session = session(Situation.HOLDING);

    List<AgentMove> moves = session.gatewaySaid(Samples.assign(ref(2)), START);

    assertThat(moves)
        .containsExactly(new AgentMove.Say(new AgentSays.Refuse(ref(2), "all 1 slots are in use")));
  }

  @Test
  void workPastItsDeadlineIsStoppedAndHasFailed() {
    AgentSession session = session(Situation.HOLDING);
    session.gatewaySaid(new GatewaySays.LeaseRenewed(REF, Duration.ofHours(2)), START);

    List<AgentMove> moves = session.tick(START.plus(Duration.ofHours(1)));

    assertThat(summary(moves)).isEqualTo("stop, Result, Status");
  }

  @Test
  void whatIsGivenBackIsStoppedAndLeftOutOfTheStatus() {
    AgentSession session = session(Situation.HOLDING);

    List<AgentMove> moves = session.giveBack("leaving");

    assertThat(summary(moves)).isEqualTo("stop, Status");
    assertThat(moves.getLast()).isEqualTo(new AgentMove.Say(new AgentSays.Status(List.of(), 1)));
  }

  @Test
  void whatHasNoAnswerAndTheNewestCheckpointAreSaidAgainOnTheNextStream() {
    AgentSession session = session(Situation.HOLDING);
    AgentSays.RaiseBlocker blocker = new AgentSays.RaiseBlocker(REF, "b-1", "Which key?", true);
    AgentSays.Progress newest =
        new AgentSays.Progress(REF, 20, "", "row 20", Usage.NONE, List.of());
    session.progressed(new AgentSays.Progress(REF, 10, "", "row 10", Usage.NONE, List.of()));
    session.progressed(newest);
    session.progressed(new AgentSays.Progress(REF, 30, "no checkpoint"));
    session.blocked(blocker);

    List<AgentMove> moves = reconnect(session);

    assertThat(moves).containsExactly(new AgentMove.Say(newest), new AgentMove.Say(blocker));
  }

  @Test
  void anAnswerReachesTheWorkOnce() {
    AgentSession session = session(Situation.HOLDING);
    GatewaySays.Answer answer =
        new GatewaySays.Answer(REF, "b-1", GatewaySays.Ruling.GRANTED, "The old one");
    session.blocked(new AgentSays.RaiseBlocker(REF, "b-1", "Which key?", true));

    List<AgentMove> first = session.gatewaySaid(answer, START);
    List<AgentMove> second = session.gatewaySaid(answer, START);

    assertThat(first).containsExactly(new AgentMove.Answered(answer));
    assertThat(second).isEmpty();
  }

  @Test
  void aQueuedRequestStaysAskedForUntilItIsGranted() {
    AgentSession session = session(Situation.HOLDING);
    session.requested(new AgentSays.RequestFiles(REF, "f-1", List.of(), "it imports it"));
    session.gatewaySaid(
        new GatewaySays.Answer(REF, "f-1", GatewaySays.Ruling.QUEUED, "behind lint"), START);

    assertThat(summary(reconnect(session))).isEqualTo("RequestFiles");
    assertThat(
            summary(
                session.gatewaySaid(
                    new GatewaySays.Answer(REF, "f-1", GatewaySays.Ruling.GRANTED, ""), START)))
        .isEqualTo("answered");
  }

  @Test
  void aWarningReachesTheWorkThatIsHeldAndNoOther() {
    GatewaySays.Warning warning = new GatewaySays.Warning(REF, "lint writes it, too");

    assertThat(session(Situation.HOLDING).gatewaySaid(warning, START))
        .containsExactly(new AgentMove.Warn(REF, "lint writes it, too"));
    assertThat(session(Situation.IDLE).gatewaySaid(warning, START)).isEmpty();
  }

  @Test
  void aPausedAgentGoesOnAndTakesNothingNewUntilItIsResumed() {
    AgentSession session = session(Situation.IDLE);

    List<AgentMove> paused = session.gatewaySaid(new GatewaySays.Pause("asked"), START);
    List<AgentMove> refused = session.gatewaySaid(Samples.assign(REF), START);
    List<AgentMove> resumed = session.gatewaySaid(new GatewaySays.Resume(), START);

    assertThat(paused).containsExactly(new AgentMove.Say(new AgentSays.Capacity(0)));
    assertThat(refused).containsExactly(new AgentMove.Say(new AgentSays.Refuse(REF, "paused")));
    assertThat(resumed).containsExactly(new AgentMove.Say(new AgentSays.Capacity(1)));
  }

  @Test
  void pausesDoubleUpToSixtyFourSecondsWithFullJitter() {
    assertThat(ReconnectBackoff.pause(1, 1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(ReconnectBackoff.pause(2, 1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(ReconnectBackoff.pause(7, 1)).isEqualTo(Duration.ofSeconds(64));
    assertThat(ReconnectBackoff.pause(1_000, 1)).isEqualTo(Duration.ofSeconds(64));
    assertThat(ReconnectBackoff.pause(7, 0.25)).isEqualTo(Duration.ofSeconds(16));
    assertThat(ReconnectBackoff.pause(7, 0)).isZero();
  }
}
