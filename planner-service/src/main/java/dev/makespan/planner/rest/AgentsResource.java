package dev.makespan.planner.rest;

import dev.makespan.planner.AgentSubject;
import dev.makespan.planner.Agents;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedPause;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The agents, as operators see them. Every change may be repeated. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "agents")
public class AgentsResource {

  private final Agents agents;

  AgentsResource(Agents agents) {
    this.agents = agents;
  }

  /** All that are there or still hold something, by id. */
  @GET
  @Path("agents")
  @APIResponse(
      responseCode = "200",
      description = "The agents, and all that is paused.",
      content = @Content(schema = @Schema(implementation = AgentsJson.class)))
  public Response agents() {
    return Problems.response(agents.agents(), fleet -> Response.ok(AgentsJson.of(fleet)).build());
  }

  /** An agent takes no new work; what it runs goes on. */
  @POST
  @Path("agents/{agent: [^/:]+}:pause")
  public Response pause(
      @PathParam("agent") String agent,
      @QueryParam("reason") @DefaultValue("") String reason,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(agents.pause(new AgentSubject(AgentSubject.Kind.AGENT, agent), reason, by));
  }

  /** An agent takes work again. */
  @POST
  @Path("agents/{agent: [^/:]+}:resume")
  public Response resume(@PathParam("agent") String agent) {
    return response(agents.resume(new AgentSubject(AgentSubject.Kind.AGENT, agent)));
  }

  /** No agent takes new work of a role. */
  @POST
  @Path("agent-roles/{role: [^/:]+}:pause")
  public Response pauseRole(
      @PathParam("role") String role,
      @QueryParam("reason") @DefaultValue("") String reason,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(agents.pause(new AgentSubject(AgentSubject.Kind.ROLE, role), reason, by));
  }

  /** Agents take work of a role again. */
  @POST
  @Path("agent-roles/{role: [^/:]+}:resume")
  public Response resumeRole(@PathParam("role") String role) {
    return response(agents.resume(new AgentSubject(AgentSubject.Kind.ROLE, role)));
  }

  private static Response response(Answer<List<ObservedPause>> answer) {
    return Problems.response(
        answer,
        pauses -> Response.ok(new AgentsJson(List.of(), AgentsJson.pauses(pauses))).build());
  }
}
