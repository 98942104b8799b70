package dev.makespan.core.session;

import static dev.makespan.core.session.Samples.REF;
import static dev.makespan.core.session.Samples.START;
import static dev.makespan.core.session.Samples.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.SessionMove.Ending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewaySessionTest {

  /** Where a session may be, seen from a message about one attempt. */
  enum Situation {
    FRESH,
    GREETED,
    OPEN,
    ASSIGNED,
    HELD,
    REPORTED,
    DRAINING,
    CLOSED
  }

  private static final Table OF_THE_AGENT =
      Table.of(
          """
          |Hello   |Capacity|Accept |Refuse |Started|Progress|MilestoneReached|SlotFree|Result |Status |Cancelled|Draining|RaiseBlocker|RequestFiles
          FRESH   |announce|close  |close  |close  |close  |close   |close           |close   |close  |close  |close    |close|close|close
          GREETED |close   |close  |close  |close  |close  |close   |close           |close   |close  |close  |close    |close|close|close
          OPEN    |close   |forward|nack   |nack   |forward|forward |forward         |forward |forward|forward|forward  |forward|forward|forward
          ASSIGNED|close   |forward|forward|forward|close  |close   |close           |close   |close  |forward|forward  |forward|close|close
          HELD    |close   |forward|nack   |nack   |forward|forward |forward         |forward |forward|forward|forward  |forward|forward|forward
          REPORTED|close   |forward|nack   |nack   |forward|forward |forward         |forward |forward|forward|forward  |forward|forward|forward
          DRAINING|close   |forward|nack   |nack   |forward|forward |forward         |forward |forward|forward|forward  |forward|forward|forward
          CLOSED  |        |       |       |       |       |        |                |        |       |       |         |||
          """);

  private static final Table OF_THE_SCHEDULER =
      Table.of(
          """
          |Welcome|Assign |LeaseRenewed|LeaseLost|Cancel|Retract|ResultAck|GoAway|Nack|Answer|Pause|Resume|Warning
          FRESH   |       |       |            |         |      |       |         |      |||||
          GREETED |tell   |refuse |            |         |      |       |         |      |||||
          OPEN    |       |tell   |tell        |tell     |tell  |tell   |tell     |tell  |nack|tell|tell|tell|tell
          ASSIGNED|       |       |tell        |tell     |tell  |tell   |tell     |tell  |nack|tell|tell|tell|tell
          HELD    |       |       |tell        |tell     |tell  |tell   |tell     |tell  |nack|tell|tell|tell|tell
          REPORTED|       |       |tell        |tell     |tell  |tell   |tell     |tell  |nack|tell|tell|tell|tell
          DRAINING|       |refuse |tell        |tell     |tell  |tell   |tell     |tell  |nack|tell|tell|tell|tell
          CLOSED  |       |       |            |         |      |       |         |      |||||
          """);

  private static GatewaySession session(Situation situation) {
    GatewaySession session =
        new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, START);
    switch (situation) {
      case FRESH -> {}
      case GREETED -> session.agentSaid(Samples.hello(List.of(), List.of()), START);
      case OPEN -> open(session, Samples.hello(List.of(), List.of()));
      case ASSIGNED -> {
        open(session, Samples.hello(List.of(), List.of()));
        session.schedulerSaid(Samples.assign(REF), START);
      }
      case HELD -> open(session, Samples.hello(List.of(REF), List.of()));
      case REPORTED -> open(session, Samples.hello(List.of(), List.of(REF)));
      case DRAINING -> {
        open(session, Samples.hello(List.of(), List.of()));
        session.agentSaid(new AgentSays.Draining("leaving"), START);
      }
      case CLOSED -> session.ended();
    }
    return session;
  }

  private static void open(GatewaySession session, AgentSays.Hello hello) {
    session.agentSaid(hello, START);
    session.schedulerSaid(Samples.welcome(), START);
  }

  private static String summary(List<SessionMove> moves) {
    return moves.stream().map(GatewaySessionTest::summary).collect(Collectors.joining(", "));
  }

  private static String summary(SessionMove move) {
    return switch (move) {
      case SessionMove.Announce announce -> "announce";
      case SessionMove.Forward(AgentSays.Refuse(var ref, var reason)) when !reason.equals("no") ->
          "refuse";
      case SessionMove.Forward forward -> "forward";
      case SessionMove.Tell(GatewaySays.Nack nack) -> "nack";
      case SessionMove.Tell tell -> "tell";
      case SessionMove.Close close -> {
        assertThat(close.ending()).isEqualTo(Ending.OUT_OF_ORDER);
        assertThat(close.reason()).contains("expected");
        yield "close";
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageOfTheAgentIsDecidedInEverySituation(Situation situation) {
    for (AgentSays said : Samples.agentSays()) {
      GatewaySession session = session(situation);

      List<SessionMove> moves = session.agentSaid(said, START);

      String name = said.getClass().getSimpleName();
      assertThat(summary(moves))
          .as(situation + " × " + name)
          .isEqualTo(OF_THE_AGENT.expected(situation.name(), name));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageOfTheSchedulerIsDecidedInEverySituation(Situation situation) {
    for (GatewaySays said : Samples.gatewaySays()) {
      GatewaySession session = session(situation);

      List<SessionMove> moves = session.schedulerSaid(said, START);

      String name = said.getClass().getSimpleName();
      assertThat(summary(moves))
          .as(situation + " × " + name)
          .isEqualTo(OF_THE_SCHEDULER.expected(situation.name(), name));
    }
  }

  @Test
  void theSamplesAreAllMessages() {
    assertThat(names(Samples.agentSays().stream().map(Object::getClass)))
        .isEqualTo(names(Stream.of(AgentSays.class.getPermittedSubclasses())));
    assertThat(names(Samples.gatewaySays().stream().map(Object::getClass)))
        .isEqualTo(names(Stream.of(GatewaySays.class.getPermittedSubclasses())));
  }

  private static Set<String> names(Stream<? extends Class<?>> types) {
    return types.map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void anotherProtocolVersionIsToldWhichIsSpokenAndWhatToDo() {
    GatewaySession session = session(Situation.FRESH);

    List<SessionMove> moves = session.agentSpeaks(7);

    assertThat(moves)
        .containsExactly(
            new SessionMove.Close(
                Ending.OTHER_VERSION,
                "the agent speaks protocol version 7, this gateway speaks 1: use an agent of the"
                    + " gateway's release"));
  }

  @Test
  void anAssignmentBeyondTheCapacityIsRefusedInTheAgentsPlace() {
    GatewaySession session = session(Situation.HELD);

    List<SessionMove> moves = session.schedulerSaid(Samples.assign(ref(2)), START);

    assertThat(moves)
        .containsExactly(
            new SessionMove.Forward(
                new AgentSays.Refuse(ref(2), "the agent's 1 slots are in use")));
  }

  @Test
  void aSlotComesBackWithTheAcknowledgement() {
    GatewaySession session = session(Situation.REPORTED);

    session.schedulerSaid(
        new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.COMMITTED, ""), START);

    assertThat(session.schedulerSaid(Samples.assign(ref(2)), START))
        .containsExactly(new SessionMove.Tell(Samples.assign(ref(2))));
  }

  @Test
  void aStatusThatCrossedAnAcknowledgementTakesNoSlotAway() {
    GatewaySession session = session(Situation.REPORTED);
    session.schedulerSaid(
        new GatewaySays.ResultAck(REF, "r-1", GatewaySays.Verdict.COMMITTED, ""), START);

    session.agentSaid(new AgentSays.Status(List.of(REF), 0), START);

    assertThat(session.schedulerSaid(Samples.assign(ref(2)), START))
        .containsExactly(new SessionMove.Tell(Samples.assign(ref(2))));
  }

  @Test
  void anAttemptThatAStatusLeavesOutIsForgottenButNotAnAssignmentUnderWay() {
    GatewaySession session = session(Situation.ASSIGNED);

    session.agentSaid(new AgentSays.Status(List.of(), 1), START);

    assertThat(summary(session.agentSaid(new AgentSays.Accept(REF), START))).isEqualTo("forward");
    session.agentSaid(new AgentSays.Status(List.of(), 1), START);
    assertThat(session.held()).isEmpty();
  }

  @Test
  void anOpenedLinkHearsWhatIsHeldNowAndWhatMayHaveBeenLost() {
    GatewaySession session = session(Situation.ASSIGNED);
    AgentSays.MilestoneReached half = new AgentSays.MilestoneReached(REF, new MilestoneId("half"));
    session.agentSaid(new AgentSays.Accept(REF), START);
    session.agentSaid(new AgentSays.Started(REF), START);
    session.agentSaid(half, START);

    List<SessionMove> moves = session.linkOpened();

    assertThat(moves)
        .containsExactly(
            new SessionMove.Announce(Samples.hello(List.of(REF), List.of())),
            new SessionMove.Forward(new AgentSays.Started(REF)),
            new SessionMove.Forward(half));
  }

  @Test
  void aSecondWelcomeBecomesTheDecisionsInIt() {
    GatewaySession session = session(Situation.HELD);

    List<SessionMove> lost =
        session.schedulerSaid(Samples.welcome(new GatewaySays.HeldDecision(REF, false)), START);

    assertThat(lost).containsExactly(new SessionMove.Tell(new GatewaySays.LeaseLost(REF)));
    assertThat(session.held()).isEmpty();
  }

  @Test
  void whatIsMalformedIsNackedAndTheStreamGoesOn() {
    GatewaySession session = session(Situation.HELD);

    List<SessionMove> moves = session.agentMumbled("percent: expected 0 to 100, was 101", START);

    assertThat(summary(moves)).isEqualTo("nack");
    assertThat(session.held()).containsExactly(REF);
  }

  @Test
  void anAgentThatIsSilentForThreeIntervalsIsTakenForDead() {
    GatewaySession session = session(Situation.OPEN);

    assertThat(session.tick(START.plus(Duration.ofMillis(14_999)))).isEmpty();
    List<SessionMove> moves = session.tick(START.plus(Duration.ofSeconds(15)));

    assertThat(moves)
        .containsExactly(new SessionMove.Close(Ending.SILENT, "nothing was heard for 15 s"));
  }

  @Test
  void aStreamWithoutHelloOrWelcomeEndsInTime() {
    List<SessionMove> noHello = session(Situation.FRESH).tick(START.plusSeconds(10));
    List<SessionMove> noWelcome = session(Situation.GREETED).tick(START.plusSeconds(10));

    assertThat(noHello).first().extracting("ending").isEqualTo(Ending.SILENT);
    assertThat(noWelcome).first().extracting("ending").isEqualTo(Ending.UNAVAILABLE);
  }

  private static GatewaySession renewing(double chance) {
    GatewaySession session =
        new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, chance, START);
    open(session, Samples.hello(List.of(), List.of()));
    return session;
  }

  @Test
  void aStreamIsRenewedBetweenHalfAnHourAndAnHourAfterItsStart() {
    for (double chance : new double[] {0, 0.5, 1}) {
      GatewaySession session = renewing(chance);
      Instant due = START.plus(Duration.ofMinutes(30 + Math.round(30 * chance)));

      assertThat(session.renew(due.minusMillis(1))).isEmpty();
      assertThat(session.renew(due))
          .containsExactly(
              new SessionMove.Tell(new GatewaySays.GoAway("streams are renewed by time")));
      assertThat(session.renew(due.plusSeconds(1))).as("asked once").isEmpty();
    }
  }

  @Test
  void anAgentThatDoesNotMoveAsItWasAskedToIsClosed() {
    GatewaySession session = renewing(0);
    Instant asked = START.plus(Duration.ofMinutes(30));
    session.renew(asked);

    assertThat(session.renew(asked.plusSeconds(89))).isEmpty();
    assertThat(session.renew(asked.plusSeconds(90)))
        .containsExactly(
            new SessionMove.Close(Ending.UNAVAILABLE, "asked to move 90 s ago; come back"));
  }

  @Test
  void aFloodOfMessagesClosesTheStreamAndABurstOfFewerDoesNot() {
    GatewaySession session = renewing(0);
    int allowed = 1_500 * 5;

    for (int i = 0; i < allowed; i++) {
      assertThat(session.agentSaid(new AgentSays.Status(List.of(), 1), START)).hasSize(1);
    }
    List<SessionMove> moves = session.agentMumbled("message: expected one", START);

    assertThat(moves)
        .containsExactly(
            new SessionMove.Close(
                Ending.FLOODING, "expected at most 1500 messages a second from this agent"));
  }

  @Test
  void anAgentMaySayItsShareForEver() {
    GatewaySession session = renewing(0);
    Instant now = START;

    for (int second = 0; second < 20; second++) {
      now = now.plusSeconds(1);
      for (int i = 0; i < 1_500; i++) {
        assertThat(session.agentSaid(new AgentSays.Progress(REF, 50, ""), now)).hasSize(1);
      }
    }
  }
}
