package dev.makespan.core.session;

import dev.makespan.core.session.Assignments.Phase;
import dev.makespan.core.session.SessionMove.Announce;
import dev.makespan.core.session.SessionMove.Close;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.core.session.SessionMove.Forward;
import dev.makespan.core.session.SessionMove.Tell;
import dev.makespan.core.task.TaskRef;
import java.util.ArrayList;
import java.util.List;

/** A session after its Welcome. */
final class OpenSession {

  private final Assignments assignments;
  private boolean draining;

  OpenSession(AgentSays.Hello hello) {
    assignments = new Assignments(hello);
  }

  boolean isIdle() {
    return assignments.isEmpty();
  }

  List<TaskRef> held() {
    return assignments.refs(Phase.HELD);
  }

  List<SessionMove> agentSaid(AgentSays said) {
    return switch (said) {
      case AgentSays.Hello hello -> outOfOrder("expected one Hello, was a second");
      case AgentSays.Capacity capacity -> {
        assignments.capacity(capacity.freeSlots());
        yield forward(capacity);
      }
      case AgentSays.Status status -> {
        assignments.status(status.held(), status.freeSlots());
        yield forward(status);
      }
      case AgentSays.Draining leaving -> {
        draining = true;
        yield forward(leaving);
      }
      case AgentSays.Accept accept -> answered(accept.task(), accept);
      case AgentSays.Refuse refuse -> answered(refuse.task(), refuse);
      case AgentSays.Started started -> worked(started.task(), started);
      case AgentSays.Progress progress -> worked(progress.task(), progress);
      case AgentSays.MilestoneReached reached -> worked(reached.task(), reached);
      case AgentSays.SlotFree free -> worked(free.task(), free);
      case AgentSays.Result result -> worked(result.task(), result);
      case AgentSays.RaiseBlocker blocker -> worked(blocker.task(), blocker);
      case AgentSays.RequestFiles request -> worked(request.task(), request);
      case AgentSays.Cancelled cancelled -> {
        assignments.remove(cancelled.task());
        yield forward(cancelled);
      }
    };
  }

  /** An answer to an assignment. One that was taken back meanwhile has no other to be answered. */
  private List<SessionMove> answered(TaskRef ref, AgentSays said) {
    if (assignments.phase(ref) != Phase.ASSIGNED) {
      return nack(GatewaySession.nameOf(said) + ": no assignment " + ref + " waits for an answer");
    }
    if (said instanceof AgentSays.Accept) {
      assignments.enter(ref, Phase.HELD);
    } else {
      assignments.remove(ref);
    }
    return forward(said);
  }

  /** News of the work. Of an unknown attempt it is late: the scheduler says what it is worth. */
  private List<SessionMove> worked(TaskRef ref, AgentSays said) {
    if (assignments.phase(ref) == Phase.ASSIGNED) {
      return outOfOrder(
          "expected Accept or Refuse of " + ref + " first, was " + GatewaySession.nameOf(said));
    }
    switch (said) {
      case AgentSays.Started started -> assignments.started(ref);
      case AgentSays.MilestoneReached reached -> assignments.reached(reached);
      case AgentSays.SlotFree free -> assignments.slotFree(ref);
      case AgentSays.Result result -> assignments.enter(ref, Phase.REPORTED);
      case AgentSays.Hello ignored -> {}
      case AgentSays.Capacity ignored -> {}
      case AgentSays.Accept ignored -> {}
      case AgentSays.Refuse ignored -> {}
      case AgentSays.Progress ignored -> {}
      case AgentSays.RaiseBlocker ignored -> {}
      case AgentSays.RequestFiles ignored -> {}
      case AgentSays.Status ignored -> {}
      case AgentSays.Cancelled ignored -> {}
      case AgentSays.Draining ignored -> {}
    }
    return forward(said);
  }

  List<SessionMove> schedulerSaid(GatewaySays said) {
    return switch (said) {
      case GatewaySays.Welcome welcome -> decided(welcome);
      case GatewaySays.Assign assign -> assign(assign);
      case GatewaySays.LeaseRenewed renewed -> tell(renewed);
      case GatewaySays.LeaseLost lost -> over(lost.task(), lost);
      case GatewaySays.Cancel cancel -> tell(cancel);
      case GatewaySays.Retract retract -> over(retract.task(), retract);
      case GatewaySays.ResultAck ack -> over(ack.task(), ack);
      case GatewaySays.Answer answer -> tell(answer);
      case GatewaySays.Warning warning -> tell(warning);
      case GatewaySays.Pause pause -> tell(pause);
      case GatewaySays.Resume resume -> tell(resume);
      case GatewaySays.GoAway away -> tell(away);
      case GatewaySays.Nack nack -> tell(nack);
    };
  }

  /**
   * The scheduler has judged what is held. On a stream that was welcomed before, because the link
   * was lost in between, the agent hears each decision instead of a second Welcome.
   */
  List<SessionMove> decided(GatewaySays.Welcome welcome) {
    List<SessionMove> moves = new ArrayList<>();
    for (GatewaySays.HeldDecision decision : welcome.held()) {
      if (decision.continues()) {
        moves.add(new Tell(new GatewaySays.LeaseRenewed(decision.task(), welcome.lease())));
      } else {
        assignments.remove(decision.task());
        moves.add(new Tell(new GatewaySays.LeaseLost(decision.task())));
      }
    }
    return moves;
  }

  private List<SessionMove> assign(GatewaySays.Assign assign) {
    TaskRef ref = assign.task();
    if (assignments.phase(ref) != null) {
      return List.of();
    }
    if (draining) {
      return forward(new AgentSays.Refuse(ref, "the agent is draining"));
    }
    if (!assignments.hasRoom()) {
      return forward(
          new AgentSays.Refuse(ref, "the agent's " + assignments.limit() + " slots are in use"));
    }
    assignments.assigned(ref);
    return tell(assign);
  }

  List<SessionMove> announcedAgain(AgentSays.Hello first) {
    List<SessionMove> moves = new ArrayList<>();
    moves.add(
        new Announce(
            new AgentSays.Hello(
                first.session(),
                first.agent(),
                first.protocolVersion(),
                first.roles(),
                first.labels(),
                first.slots(),
                assignments.refs(Phase.HELD),
                assignments.refs(Phase.REPORTED),
                first.software())));
    assignments.saidAgain().forEach(said -> moves.add(new Forward(said)));
    if (draining) {
      moves.add(new Forward(new AgentSays.Draining("said before the link was lost")));
    }
    return moves;
  }

  private List<SessionMove> over(TaskRef ref, GatewaySays said) {
    assignments.remove(ref);
    return tell(said);
  }

  private static List<SessionMove> forward(AgentSays said) {
    return List.of(new Forward(said));
  }

  private static List<SessionMove> tell(GatewaySays said) {
    return List.of(new Tell(said));
  }

  private static List<SessionMove> nack(String reason) {
    return tell(new GatewaySays.Nack(reason));
  }

  private static List<SessionMove> outOfOrder(String reason) {
    return List.of(new Close(Ending.OUT_OF_ORDER, reason));
  }
}
