package dev.makespan.core.session;

import static dev.makespan.core.session.Samples.REF;
import static dev.makespan.core.session.Samples.START;
import static dev.makespan.core.session.Samples.ref;
import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many assignments an agent gets, and how much it may say, as the gateway counts it. */
class GatewaySlotsTest {

  private static final int SLOTS = 4;

  private static GatewaySession open(List<TaskRef> held) {
    GatewaySession session =
        new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, START);
    session.agentSaid(hello(held, 1), START);
    session.schedulerSaid(Samples.welcome(), START);
    return session;
  }

  private static AgentSays.Hello hello(List<TaskRef> held, int version) {
    AgentSays.Hello sample = Samples.hello(held, List.of());
    return new AgentSays.Hello(
        sample.session(),
        sample.agent(),
        version,
        sample.roles(),
        sample.labels(),
        SLOTS,
        held,
        List.of(),
        sample.software());
  }

  /** How many of ten assignments reach the agent. */
  private static int room(GatewaySession session) {
    int told = 0;
    for (int fence = 100; fence < 110; fence++) {
      List<SessionMove> moves = session.schedulerSaid(Samples.assign(ref(fence)), START);
      told += moves.getFirst() instanceof SessionMove.Tell ? 1 : 0;
    }
    return told;
  }

  @Test
  void anAgentGetsWhatItHasSlotsFor() {
    assertThat(room(open(List.of()))).isEqualTo(4);
    assertThat(room(open(List.of(REF)))).isEqualTo(3);
  }

  @Test
  void aStatusMakesRoomForItsFreeSlotsAlone() {
    GatewaySession session = open(List.of(REF));

    session.agentSaid(new AgentSays.Status(List.of(REF), 1), START);

    assertThat(room(session)).isEqualTo(1);
  }

  @Test
  void aCapacityMakesRoomBesideWhatIsHeld() {
    GatewaySession session = open(List.of(REF));

    session.agentSaid(new AgentSays.Capacity(2), START);

    assertThat(room(session)).isEqualTo(2);
  }

  @Test
  void anAssignmentUnderWayTakesOneOfTheFreeSlots() {
    GatewaySession session = open(List.of());
    session.schedulerSaid(Samples.assign(REF), START);

    session.agentSaid(new AgentSays.Capacity(2), START);

    assertThat(room(session)).isEqualTo(1);
  }

  @Test
  void aSlotThatIsFreeBeforeTheResultIsUsedAtOnce() {
    GatewaySession session = open(List.of(REF, ref(2)));
    session.agentSaid(new AgentSays.SlotFree(REF), START);
    assertThat(room(session)).isEqualTo(3);

    GatewaySession counted = open(List.of(REF, ref(2)));
    counted.agentSaid(new AgentSays.SlotFree(REF), START);
    counted.agentSaid(new AgentSays.Capacity(1), START);
    assertThat(room(counted)).isEqualTo(1);
  }

  @Test
  void whatIsRefusedOrStoppedGivesItsSlotBack() {
    GatewaySession refused = open(List.of());
    refused.schedulerSaid(Samples.assign(REF), START);
    GatewaySession stopped = open(List.of(REF));

    refused.agentSaid(new AgentSays.Refuse(REF, "no"), START);
    stopped.agentSaid(new AgentSays.Cancelled(REF, "TERM"), START);

    assertThat(refused.isIdle()).isTrue();
    assertThat(stopped.isIdle()).isTrue();
    assertThat(room(refused)).isEqualTo(4);
    assertThat(room(stopped)).isEqualTo(4);
  }

  @Test
  void whoHoldsOrIsAskedForSomethingIsNotIdle() {
    GatewaySession asked = open(List.of());
    assertThat(asked.isIdle()).isTrue();

    asked.schedulerSaid(Samples.assign(REF), START);

    assertThat(asked.isIdle()).isFalse();
    assertThat(open(List.of(REF)).isIdle()).isFalse();
    assertThat(new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, START).isIdle())
        .isFalse();
  }

  @Test
  void anOpenedLinkHearsOfAReportedResultAsUnacknowledged() {
    GatewaySession session = open(List.of(REF));
    session.agentSaid(Samples.result(REF), START);

    SessionMove.Announce announce = (SessionMove.Announce) session.linkOpened().getFirst();

    assertThat(announce.hello().held()).isEmpty();
    assertThat(announce.hello().unacknowledged()).containsExactly(REF);
  }

  @Test
  void anOpenedLinkHearsABoundedNumberOfMilestonesAgain() {
    GatewaySession session = open(List.of(REF));
    for (int i = 0; i <= Assignments.MAX_MILESTONES; i++) {
      session.agentSaid(new AgentSays.MilestoneReached(REF, new MilestoneId("m" + i)), START);
    }

    assertThat(session.linkOpened()).hasSize(1 + Assignments.MAX_MILESTONES);
  }

  @Test
  void aHelloOfAnotherVersionEndsTheStream() {
    GatewaySession session =
        new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, START);

    assertThat(session.agentSaid(hello(List.of(), 2), START))
        .first()
        .extracting("ending")
        .isEqualTo(Ending.OTHER_VERSION);
  }

  @Test
  void whoSaysSomethingBeforeHelloHearsWhatItWas() {
    GatewaySession session =
        new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, START);

    assertThat(session.agentSaid(new AgentSays.Capacity(1), START))
        .containsExactly(
            new SessionMove.Close(Ending.OUT_OF_ORDER, "expected Hello first, was Capacity"));
  }

  @Test
  void anAgentOfFourSlotsMaySayMoreThanOneOfOneAndNoMoreThanTimeAllows() {
    GatewaySession session = open(List.of());
    int burst = (500 + SLOTS * 1_000) * 5;
    AgentSays capacity = new AgentSays.Capacity(1);
    for (int i = 0; i < burst; i++) {
      assertThat(session.agentSaid(capacity, START)).hasSize(1).noneMatch(this::closes);
    }
    Instant later = START.plusMillis(10);

    for (int i = 0; i < 45; i++) {
      assertThat(session.agentSaid(capacity, later)).noneMatch(this::closes);
    }

    assertThat(session.agentSaid(capacity, later))
        .containsExactly(
            new SessionMove.Close(
                Ending.FLOODING, "expected at most 4500 messages a second from this agent"));
  }

  private boolean closes(SessionMove move) {
    return move instanceof SessionMove.Close;
  }
}
