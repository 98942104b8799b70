package dev.makespan.planner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.makespan.planner.ObservedAgent;
import dev.makespan.planner.ObservedFleet;
import dev.makespan.planner.ObservedPause;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The agents that are there or still hold something, and all that is paused. */
@RegisterForReflection
@Schema(name = "Agents")
public record AgentsJson(List<AgentJson> agents, List<PauseJson> pauses) {

  /** One agent. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Agent")
  public record AgentJson(
      String agent,
      List<String> roles,
      int slots,
      int free,
      List<HeldJson> attempts,
      String gateway,
      @Nullable Instant heardTime,
      boolean connected,
      boolean draining,
      boolean silent,
      List<PauseJson> pauses,
      int shard) {

    static AgentJson of(ObservedAgent agent) {
      return new AgentJson(
          agent.id(),
          agent.roles(),
          agent.slots(),
          agent.free(),
          agent.attempts().stream()
              .map(held -> new HeldJson(held.run(), held.task(), held.fence()))
              .toList(),
          agent.gateway(),
          agent.heardAt(),
          agent.connected(),
          agent.draining(),
          agent.silent(),
          AgentsJson.pauses(agent.pauses()),
          agent.shard());
    }
  }

  /** What an agent works on. */
  @RegisterForReflection
  @Schema(name = "HeldAttempt")
  public record HeldJson(long run, String task, long fence) {}

  /** An agent or a role that takes no new work; the kind is agent or role. */
  @RegisterForReflection
  @Schema(name = "AgentPause")
  public record PauseJson(String kind, String name, String reason, String by, Instant pauseTime) {

    static PauseJson of(ObservedPause pause) {
      return new PauseJson(
          RunJson.word(pause.subject().kind()),
          pause.subject().name(),
          pause.reason(),
          pause.by(),
          pause.since());
    }
  }

  static AgentsJson of(ObservedFleet fleet) {
    return new AgentsJson(
        fleet.agents().stream().map(AgentJson::of).toList(), pauses(fleet.pauses()));
  }

  static List<PauseJson> pauses(List<ObservedPause> pauses) {
    return pauses.stream().map(PauseJson::of).toList();
  }
}
