package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.RunChanges;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
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

/** What people do with the merge queue of a run. Every change may be repeated. */
@Path("/api/v1/runs/{id: [0-9]+}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "runs")
@APIResponse(
    responseCode = "200",
    description = "The run after the change.",
    content = @Content(schema = @Schema(implementation = RunJson.class)))
@APIResponse(
    responseCode = "409",
    description = "Not as the run stands, or it merges nothing.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class MergesResource {

  private final RunChanges changes;

  MergesResource(RunChanges changes) {
    this.changes = changes;
  }

  /** Nothing is merged until the queue is released; a batch that is being merged goes on. */
  @POST
  @Path("merges:hold")
  public Response hold(
      @PathParam("id") long id,
      @QueryParam("reason") @DefaultValue("") String reason,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(changes.change(id, new RunChange.HoldMerges(reason, by)));
  }

  /** Work is merged again. */
  @POST
  @Path("merges:release")
  public Response release(@PathParam("id") long id, @QueryParam("by") @DefaultValue("") String by) {
    return response(changes.change(id, new RunChange.ReleaseMerges(by)));
  }

  /** These tasks are merged before all else, in this order; none: the planned order. */
  @POST
  @Path("merges:reorder")
  public Response reorder(
      @PathParam("id") long id,
      @QueryParam("first") List<String> first,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(changes.change(id, new RunChange.ReorderMerges(first, by)));
  }

  /** Merging is tried again after trouble. */
  @POST
  @Path("merges:retry")
  public Response retry(
      @PathParam("id") long id,
      @QueryParam("reason") @DefaultValue("") String reason,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(changes.change(id, new RunChange.RetryMerges(reason, by)));
  }

  /** What was accepted of a task is not merged: its next attempt begins with the note. */
  @POST
  @Path("tasks/{task: [^/:]+}:drop")
  public Response drop(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("note") @DefaultValue("") String note,
      @QueryParam("by") @DefaultValue("") String by) {
    return response(changes.change(id, new RunChange.DropMerge(task, note, by)));
  }

  private static Response response(Answer<ObservedRun> answer) {
    return Problems.response(answer, run -> Response.ok(RunJson.of(run)).build());
  }
}
