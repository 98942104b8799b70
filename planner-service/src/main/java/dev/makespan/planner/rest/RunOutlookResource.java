package dev.makespan.planner.rest;

import dev.makespan.planner.RunOutlook;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why tasks of a live run are not running, and when it will be done. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "runs")
public class RunOutlookResource {

  private final RunOutlook outlook;

  RunOutlookResource(RunOutlook outlook) {
    this.outlook = outlook;
  }

  /** All tasks that are neither running nor over, each with every reason. */
  @GET
  @Path("{id: [0-9]+}/explanation")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ExplanationJson.class)))
  public Response explain(
      @PathParam("id") long id, @QueryParam("task") @DefaultValue("") String task) {
    return Problems.response(
        outlook.explain(id, task),
        explanation -> Response.ok(ExplanationJson.of(explanation)).build());
  }

  /** P50, P80 and P95 of the finish, from what was measured so far. */
  @GET
  @Path("{id: [0-9]+}/forecast")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RunForecastJson.class)))
  public Response forecast(
      @PathParam("id") long id,
      @QueryParam("seed") @DefaultValue("0") long seed,
      @QueryParam("samples") @DefaultValue("0") int samples) {
    return Problems.response(
        outlook.forecast(id, new RunOutlook.Wish(seed, samples, Map.of())),
        forecast -> Response.ok(RunForecastJson.of(forecast)).build());
  }
}
