package dev.makespan.core.session;

import static dev.makespan.core.session.Samples.REF;
import static dev.makespan.core.session.Samples.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.MilestoneId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an agent says of its work, on its stream and without one, and when it next has to act. */
class AgentNewsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static AgentSession idle() {
    AgentSays.Hello hello = Samples.hello(List.of(), List.of());
    AgentSession session =
        new AgentSession(
            new AgentIdentity(
                hello.session(), hello.agent(), 1, hello.roles(), Map.of(), 1, "test"),
            AgentClocks.DEFAULT,
            START);
    session.connected(START);
    session.gatewaySaid(Samples.welcome(), START);
    return session;
  }

  private static AgentSession holding() {
    AgentSession session = idle();
    session.gatewaySaid(Samples.assign(REF), START);
    return session;
  }

  private static AgentSession owing(Instant saidAt) {
    AgentSession session = holding();
    session.finished(Samples.result(REF), saidAt);
    return session;
  }

  @Test
  void whatHappensToTheWorkIsSaidOnTheStream() {
    AgentSession session = holding();
    AgentSays.Progress progress = new AgentSays.Progress(REF, 10, "row 10");
    AgentSays.RaiseBlocker blocker = new AgentSays.RaiseBlocker(REF, "b-1", "Which key?", true);
    AgentSays.RequestFiles request = new AgentSays.RequestFiles(REF, "f-1", List.of(), "needed");
    MilestoneId half = new MilestoneId("half");

    assertSaid(session.started(REF), new AgentSays.Started(REF));
    assertSaid(session.progressed(progress), progress);
    assertSaid(session.reached(REF, half), new AgentSays.MilestoneReached(REF, half));
    assertSaid(session.blocked(blocker), blocker);
    assertSaid(session.requested(request), request);
    assertSaid(session.finished(Samples.result(REF), START), Samples.result(REF));
    assertSaid(session.drain("leaving"), new AgentSays.Draining("leaving"));
  }

  private static void assertSaid(List<AgentMove> moves, AgentSays message) {
    assertThat(moves).containsExactly(new AgentMove.Say(message));
  }

  @Test
  void withoutAStreamNothingIsSaid() {
    AgentSession session = holding();
    assertThat(session.isOpen()).isTrue();

    session.disconnected(START);

    assertThat(session.isOpen()).isFalse();
    assertThat(session.started(REF)).isEmpty();
    assertThat(session.finished(Samples.result(REF), START)).isEmpty();
    assertThat(session.drain("leaving")).isEmpty();
  }

  @Test
  void whoHoldsIsNotIdleAndWhoOwesIs() {
    assertThat(idle().isIdle()).isTrue();
    assertThat(holding().isIdle()).isFalse();
    assertThat(holding().owesNothing()).isTrue();
    assertThat(owing(START).isIdle()).isTrue();
    assertThat(owing(START).owesNothing()).isFalse();
  }

  @Test
  void aWelcomeThatSaysGoOnRenewsTheLease() {
    AgentSession session = holding();
    Instant later = START.plusSeconds(20);
    session.disconnected(START);
    session.connected(later);

    session.gatewaySaid(Samples.welcome(new GatewaySays.HeldDecision(REF, true)), later);
    session.tick(START.plusSeconds(40));

    assertThat(session.isIdle()).isFalse();
  }

  @Test
  void workThatEndsAsItIsCancelledIsConfirmedAndOwesNoResult() {
    AgentSession session = holding();
    session.gatewaySaid(new GatewaySays.Cancel(REF, Duration.ofSeconds(1), "asked"), START);

    List<AgentMove> moves = session.finished(Samples.result(REF), START);

    assertSaid(moves, new AgentSays.Cancelled(REF, "ended by itself"));
    assertThat(session.owesNothing()).isTrue();
  }

  @Test
  void theFailureOfWorkPastItsDeadlineIsOwedUntilItIsAcknowledged() {
    AgentSession session = holding();
    session.gatewaySaid(new GatewaySays.LeaseRenewed(REF, HOUR.multipliedBy(2)), START);

    session.tick(START.plus(HOUR));

    assertThat(session.isIdle()).isTrue();
    assertThat(session.owesNothing()).isFalse();
    session.gatewaySaid(
        new GatewaySays.ResultAck(
            REF, "deadline-" + REF.fence(), GatewaySays.Verdict.COMMITTED, ""),
        START.plus(HOUR));
    assertThat(session.owesNothing()).isTrue();
  }

  @Test
  void aGatewayThatNeverWelcomesIsHungUp() {
    AgentSession session = idle();
    session.disconnected(START);
    session.connected(START);

    assertThat(session.tick(START.plusMillis(29_999))).isEmpty();
    assertThat(session.tick(START.plusSeconds(30)))
        .containsExactly(new AgentMove.HangUp("no Welcome within 30 s of Hello"));
  }

  @Test
  void whileAGatewayDoesNotWelcomeAResultGoesAroundItAsIfItWereDown() {
    AgentSession session = owing(START);
    session.disconnected(START);
    session.connected(START.plusSeconds(8));

    assertThat(session.tick(START.plusSeconds(10)))
        .containsExactly(new AgentMove.Report(Samples.result(REF)));
  }

  @Test
  void anIdleAgentWithoutAStreamHasNothingToWaitFor() {
    AgentSession session = idle();
    session.disconnected(START);

    assertThat(session.nextDeadline()).isNull();
  }

  @Test
  void whoHoldsWorkWaitsForItsLeaseOrItsDeadlineWhicheverIsFirst() {
    AgentSession session = holding();
    session.disconnected(START);
    AgentSession renewed = holding();
    renewed.gatewaySaid(new GatewaySays.LeaseRenewed(REF, HOUR.multipliedBy(2)), START);
    renewed.disconnected(START);

    assertThat(session.nextDeadline()).isEqualTo(START.plusSeconds(28));
    assertThat(renewed.nextDeadline()).isEqualTo(START.plus(HOUR));
  }

  @Test
  void whoOwesAResultWaitsUntilItIsToBeSaidAgain() {
    AgentSession open = owing(START.plusSeconds(2));
    assertThat(open.nextDeadline()).as("the status").isEqualTo(START.plusSeconds(5));
    open.tick(START.plusSeconds(10));

    assertThat(open.nextDeadline()).isEqualTo(START.plusSeconds(12));
  }

  @Test
  void whoOwesAResultWithoutAStreamWaitsUntilTheStreamIsGoneAround() {
    AgentSession soon = owing(START);
    soon.disconnected(START);
    AgentSession later = owing(START);
    later.disconnected(START.plusSeconds(8));
    AgentSession greeting = owing(START);
    greeting.disconnected(START.plusSeconds(8));
    greeting.connected(START.plusSeconds(9));

    assertThat(soon.nextDeadline()).isEqualTo(START.plusSeconds(10));
    assertThat(later.nextDeadline()).isEqualTo(START.plusSeconds(13));
    assertThat(greeting.nextDeadline()).isEqualTo(START.plusSeconds(13));
  }
}
