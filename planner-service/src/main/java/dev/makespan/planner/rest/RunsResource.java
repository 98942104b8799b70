package dev.makespan.planner.rest;

import dev.makespan.planner.Runs;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Runs of stored plans. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "runs")
@APIResponse(
    responseCode = "400",
    description = "The request is refused, with everything that is wrong with it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class RunsResource {

  private final Runs runs;

  RunsResource(Runs runs) {
    this.runs = runs;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(implementation = RunJson.class)))
  public Response start(
      @Nullable StartRunJson wish,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String requestId) {
    StartRunJson said = wish == null ? new StartRunJson(null, null, null, null, null, null) : wish;
    return Problems.response(
        runs.start(said.wish(requestId)),
        run -> Response.status(Response.Status.CREATED).entity(RunJson.of(run)).build());
  }

  /** Newest first, without tasks. */
  @GET
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunJson.Listed.class)))
  public Response list(
      @QueryParam("pageSize") @DefaultValue("0") int pageSize,
      @QueryParam("pageToken") @DefaultValue("") String pageToken,
      @QueryParam("plan") @DefaultValue("") String planName) {
    return Problems.response(
        runs.runs(pageSize, pageToken, planName),
        page -> Response.ok(RunJson.Listed.of(page)).build());
  }

  @GET
  @Path("{id}")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunJson.class)))
  public Response get(@PathParam("id") long id) {
    return Problems.response(runs.run(id), run -> Response.ok(RunJson.of(run)).build());
  }

  /** Asks for an end; nothing new starts after the answer. */
  @POST
  @Path("{id: [0-9]+}:cancel")
  @Consumes(MediaType.WILDCARD)
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunJson.class)))
  public Response cancel(
      @PathParam("id") long id, @QueryParam("reason") @DefaultValue("") String reason) {
    return Problems.response(runs.cancel(id, reason), run -> Response.ok(RunJson.of(run)).build());
  }

  /** What the run saved, so far or in the end. */
  @GET
  @Path("{id}/report")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ReportJson.class)))
  public Response report(@PathParam("id") long id) {
    return Problems.response(
        runs.report(id), account -> Response.ok(ReportJson.of(account)).build());
  }
}
