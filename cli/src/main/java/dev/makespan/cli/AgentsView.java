package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.run.v1.AgentPause;
import dev.makespan.proto.run.v1.FleetAgent;
import dev.makespan.proto.run.v1.HeldAttempt;
import dev.makespan.proto.run.v1.ListAgentsResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Agents for people and for programs. */
final class AgentsView {

  private static final int MAX_HELD = 4;

  private AgentsView() {}

  static String text(ListAgentsResponse fleet, Instant now) {
    StringBuilder text = new StringBuilder();
    if (fleet.getAgentsCount() == 0) {
      text.append("no agents are there\n");
    } else {
      text.append(
          "  %-28s %-20s %-7s %-12s %-9s %-22s %s%n"
              .formatted("AGENT", "ROLES", "FREE", "STATE", "HEARD", "GATEWAY", "HOLDS"));
    }
    for (FleetAgent agent : fleet.getAgentsList()) {
      text.append(
          "  %-28s %-20s %-7s %-12s %-9s %-22s %s"
              .formatted(
                  agent.getAgent(),
                  String.join(",", agent.getRolesList()),
                  agent.getFree() + "/" + agent.getSlots(),
                  state(agent),
                  heard(agent, now),
                  agent.getGateway().isEmpty() ? "-" : agent.getGateway(),
                  held(agent))
              .stripTrailing());
      text.append('\n');
    }
    if (fleet.getPausesCount() > 0) {
      text.append('\n').append(text(fleet.getPausesList()));
    }
    return text.toString().stripTrailing();
  }

  static String text(List<AgentPause> pauses) {
    if (pauses.isEmpty()) {
      return "nothing is paused";
    }
    StringBuilder text = new StringBuilder("takes no new work:\n");
    for (AgentPause pause : pauses) {
      text.append("  ")
          .append(pause.hasRole() ? "role " + pause.getRole() : "agent " + pause.getAgent())
          .append(pause.getBy().isEmpty() ? "" : ", by " + pause.getBy())
          .append(pause.getReason().isEmpty() ? "" : ": " + pause.getReason())
          .append('\n');
    }
    return text.toString().stripTrailing();
  }

  private static String state(FleetAgent agent) {
    if (!agent.getConnected()) {
      return "away";
    }
    if (agent.getSilent()) {
      return "silent";
    }
    if (agent.getPausesCount() > 0) {
      return "paused";
    }
    return agent.getDraining() ? "draining" : "there";
  }

  private static String heard(FleetAgent agent, Instant now) {
    if (!agent.hasHeardTime()) {
      return "-";
    }
    Duration ago = Duration.between(Protos.instant(agent.getHeardTime()), now);
    return Texts.duration(ago.isNegative() ? Duration.ZERO : ago.truncatedTo(ChronoUnit.SECONDS));
  }

  private static String held(FleetAgent agent) {
    List<String> held = new ArrayList<>();
    for (HeldAttempt attempt : agent.getAttemptsList()) {
      if (held.size() == MAX_HELD) {
        held.add("and " + (agent.getAttemptsCount() - MAX_HELD) + " more");
        break;
      }
      held.add(attempt.getRunId() + "/" + attempt.getTask());
    }
    return String.join(" ", held);
  }

  static ObjectNode json(ListAgentsResponse fleet) {
    ObjectNode node = Json.object();
    ArrayNode agents = node.putArray("agents");
    for (FleetAgent agent : fleet.getAgentsList()) {
      ObjectNode entry =
          agents
              .addObject()
              .put("agent", agent.getAgent())
              .put("state", state(agent))
              .put("slots", agent.getSlots())
              .put("free", agent.getFree())
              .put("gateway", agent.getGateway());
      if (agent.hasHeardTime()) {
        entry.put("heardTime", Protos.instant(agent.getHeardTime()).toString());
      }
      ArrayNode roles = entry.putArray("roles");
      agent.getRolesList().forEach(roles::add);
      ArrayNode attempts = entry.putArray("attempts");
      for (HeldAttempt held : agent.getAttemptsList()) {
        attempts
            .addObject()
            .put("run", held.getRunId())
            .put("task", held.getTask())
            .put("fence", held.getFence());
      }
    }
    put(node, fleet.getPausesList());
    return node;
  }

  static ObjectNode json(List<AgentPause> pauses) {
    ObjectNode node = Json.object();
    put(node, pauses);
    return node;
  }

  private static void put(ObjectNode node, List<AgentPause> pauses) {
    ArrayNode all = node.putArray("pauses");
    for (AgentPause pause : pauses) {
      all.addObject()
          .put("kind", pause.hasRole() ? "role" : "agent")
          .put("name", pause.hasRole() ? pause.getRole() : pause.getAgent())
          .put("reason", pause.getReason())
          .put("by", pause.getBy())
          .put("pauseTime", Protos.instant(pause.getPauseTime()).toString());
    }
  }
}
