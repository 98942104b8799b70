package dev.makespan.planner.wire;

import dev.makespan.planner.AgentSubject;
import dev.makespan.planner.ObservedAgent;
import dev.makespan.planner.ObservedPause;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.HeldAttempt;
import java.util.List;

/** Agents and what is paused, from and to their messages. */
public final class FleetProto {

  private FleetProto() {}

  public static FleetAgent toProto(ObservedAgent agent) {
    FleetAgent.Builder message =
        FleetAgent.newBuilder()
            .setAgent(agent.id())
            .addAllRoles(agent.roles())
            .setSlots(agent.slots())
            .setFree(agent.free())
            .setGateway(agent.gateway())
            .setConnected(agent.connected())
            .setDraining(agent.draining())
            .setSilent(agent.silent())
            .setShard(agent.shard())
            .addAllPauses(agent.pauses().stream().map(FleetProto::toProto).toList());
    for (ObservedAgent.Held held : agent.attempts()) {
      message.addAttempts(
          HeldAttempt.newBuilder()
              .setRunId(held.run())
              .setTask(held.task())
              .setFence(held.fence()));
    }
    if (agent.heardAt() != null) {
      message.setHeardTime(Times.toProto(agent.heardAt()));
    }
    return message.build();
  }

  public static ObservedAgent fromProto(FleetAgent message) {
    return new ObservedAgent(
        message.getAgent(),
        message.getRolesList(),
        message.getSlots(),
        message.getFree(),
        message.getAttemptsList().stream()
            .map(held -> new ObservedAgent.Held(held.getRunId(), held.getTask(), held.getFence()))
            .toList(),
        message.getGateway(),
        message.hasHeardTime() ? Times.fromProto(message.getHeardTime()) : null,
        message.getConnected(),
        message.getDraining(),
        message.getSilent(),
        pauses(message.getPausesList()),
        message.getShard());
  }

  public static List<ObservedPause> pauses(List<AgentPause> messages) {
    return messages.stream().map(FleetProto::fromProto).toList();
  }

  public static AgentPause toProto(ObservedPause pause) {
    AgentPause.Builder message =
        AgentPause.newBuilder()
            .setReason(pause.reason())
            .setBy(pause.by())
            .setPauseTime(Times.toProto(pause.since()));
    return switch (pause.subject().kind()) {
      case AGENT -> message.setAgent(pause.subject().name()).build();
      case ROLE -> message.setRole(pause.subject().name()).build();
    };
  }

  private static ObservedPause fromProto(AgentPause message) {
    boolean ofAgent = message.hasAgent();
    AgentSubject subject =
        new AgentSubject(
            ofAgent ? AgentSubject.Kind.AGENT : AgentSubject.Kind.ROLE,
            ofAgent ? message.getAgent() : message.getRole());
    return new ObservedPause(
        subject, message.getReason(), message.getBy(), Times.fromProto(message.getPauseTime()));
  }
}
