package dev.makespan.formats.run;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.dispatch.AgentView;
import dev.makespan.core.plan.Role;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.HeldAttempt;
import java.time.Instant;

/** Agents and their pauses, as operators see them, to proto. */
public final class FleetProto {

  private FleetProto() {}

  /**
   * One agent.
   *
   * @param gateway empty: it is not connected
   */
  public static FleetAgent toProto(AgentView agent, String gateway, int shard) {
    FleetAgent.Builder message =
        FleetAgent.newBuilder()
            .setAgent(agent.id().value())
            .addAllRoles(agent.roles().stream().map(Role::value).toList())
            .setSlots(agent.slots())
            .setFree(agent.free())
            .setGateway(gateway)
            .setConnected(agent.session() != null)
            .setDraining(agent.draining())
            .setSilent(agent.silent())
            .setShard(shard);
    for (TaskRef ref : agent.attempts()) {
      message.addAttempts(
          HeldAttempt.newBuilder()
              .setRunId(ref.run().value())
              .setTask(ref.task().value())
              .setFence(ref.fence()));
    }
    Instant heardAt = agent.heardAt();
    if (heardAt != null) {
      message.setHeardTime(Times.toProto(heardAt));
    }
    agent.pauses().forEach(pause -> message.addPauses(toProto(pause)));
    return message.build();
  }

  public static dev.makespan.proto.run.v1.AgentPause toProto(AgentPause pause) {
    var message =
        dev.makespan.proto.run.v1.AgentPause.newBuilder()
            .setReason(pause.reason())
            .setBy(pause.by())
            .setPauseTime(Times.toProto(pause.since()));
    return switch (pause.kind()) {
      case AGENT -> message.setAgent(pause.name()).build();
      case ROLE -> message.setRole(pause.name()).build();
    };
  }
}
