package dev.makespan.scheduler.grpc;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.plan.Role;
import dev.makespan.core.task.AgentId;
import dev.makespan.formats.run.FleetProto;
import dev.makespan.proto.scheduler.v1.ListAgentsResponse;
import dev.makespan.proto.scheduler.v1.PauseAgentsRequest;
import dev.makespan.proto.scheduler.v1.PauseAgentsResponse;
import dev.makespan.proto.scheduler.v1.ResumeAgentsRequest;
import dev.makespan.proto.scheduler.v1.ResumeAgentsResponse;
import dev.makespan.scheduler.AgentList;
import dev.makespan.scheduler.Agents;
import jakarta.inject.Singleton;
import java.util.List;

/** Agents, for operators. */
@Singleton
class FleetCalls {

  private static final int MAX_BY = 200;

  private final Agents agents;

  FleetCalls(Agents agents) {
    this.agents = agents;
  }

  ListAgentsResponse list() {
    AgentList.Known known = known(agents.agents());
    ListAgentsResponse.Builder response =
        ListAgentsResponse.newBuilder()
            .addAllPauses(pauses(known))
            .addAllOtherOwners(known.otherOwners());
    known
        .agents()
        .forEach(here ->
            response.addAgents(FleetProto.toProto(here.agent(), here.gateway(), here.shard())));
    return response.build();
  }

  PauseAgentsResponse pause(PauseAgentsRequest request) {
    text("reason", request.getReason(), SchedulerGrpc.MAX_REASON);
    text("by", request.getBy(), MAX_BY);
    AgentPause.Kind kind =
        switch (request.getSubjectCase()) {
          case AGENT -> AgentPause.Kind.AGENT;
          case ROLE -> AgentPause.Kind.ROLE;
          case SUBJECT_NOT_SET -> throw noSubject();
        };
    String name = name(kind, request.getAgent(), request.getRole());
    return PauseAgentsResponse.newBuilder()
        .addAllPauses(pauses(known(agents.pause(kind, name, request.getReason(), request.getBy()))))
        .build();
  }

  ResumeAgentsResponse resume(ResumeAgentsRequest request) {
    AgentPause.Kind kind =
        switch (request.getSubjectCase()) {
          case AGENT -> AgentPause.Kind.AGENT;
          case ROLE -> AgentPause.Kind.ROLE;
          case SUBJECT_NOT_SET -> throw noSubject();
        };
    String name = name(kind, request.getAgent(), request.getRole());
    return ResumeAgentsResponse.newBuilder()
        .addAllPauses(pauses(known(agents.resume(kind, name))))
        .build();
  }

  private static String name(AgentPause.Kind kind, String agent, String role) {
    try {
      return switch (kind) {
        case AGENT -> new AgentId(agent).value();
        case ROLE -> new Role(role).value();
      };
    } catch (IllegalArgumentException e) {
      throw Statuses.invalid("subject", String.valueOf(e.getMessage()));
    }
  }

  private static void text(String field, String text, int limit) {
    if (text.length() > limit || text.indexOf('\0') >= 0) {
      throw Statuses.invalid(field, "expected at most " + limit + " characters, none of them NUL");
    }
  }

  private static RuntimeException noSubject() {
    return Statuses.invalid("subject", "expected an agent or a role");
  }

  private static List<dev.makespan.proto.run.v1.AgentPause> pauses(AgentList.Known known) {
    return known.pauses().stream().map(FleetProto::toProto).toList();
  }

  private static AgentList.Known known(AgentList list) {
    return switch (list) {
      case AgentList.Known known -> known;
      case AgentList.Unavailable un -> throw Statuses.unavailable(un.message());
    };
  }
}
