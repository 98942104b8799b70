package dev.makespan.planner.rest;

import dev.makespan.core.run.BudgetChange;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedRun;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.RunChange;
import dev.makespan.planner.RunChanges;
import dev.makespan.planner.Violation;
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
import org.jspecify.annotations.Nullable;

/** What is done with runs that are live. Every change may be repeated. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "runs")
@APIResponse(
    responseCode = "200",
    description = "The run after the change.",
    content = @Content(schema = @Schema(implementation = RunJson.class)))
@APIResponse(
    responseCode = "409",
    description = "Not as the run stands, with everything that stands against it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class RunChangesResource {

  private final RunChanges changes;

  RunChangesResource(RunChanges changes) {
    this.changes = changes;
  }

  /** Nothing new starts until it is resumed; what is live goes on. */
  @POST
  @Path("{id: [0-9]+}:pause")
  @Consumes(MediaType.WILDCARD)
  public Response pause(
      @PathParam("id") long id, @QueryParam("reason") @DefaultValue("") String reason) {
    return response(changes.change(id, new RunChange.Pause(reason)));
  }

  /** Tasks may start again; with other limits of its budget, also of a run that is not paused. */
  @POST
  @Path("{id: [0-9]+}:resume")
  @Consumes(MediaType.WILDCARD)
  public Response resume(
      @PathParam("id") long id,
      @QueryParam("tokens") @Nullable Long tokens,
      @QueryParam("cost") @Nullable Double cost,
      @QueryParam("agentHours") @Nullable Double agentHours,
      @QueryParam("by") @DefaultValue("") String by) {
    BudgetChange budget;
    try {
      budget = new BudgetChange(tokens, cost, agentHours);
    } catch (IllegalArgumentException e) {
      return response(
          Answer.refused(
              Refusal.invalid(List.of(Violation.of("budget", String.valueOf(e.getMessage()))))));
    }
    return response(changes.change(id, new RunChange.Resume(budget, by)));
  }

  /** Goes on with another version of the plan, by default the newest; started tasks stay. */
  @POST
  @Path("{id: [0-9]+}:amend")
  @Consumes(MediaType.WILDCARD)
  public Response amend(
      @PathParam("id") long id, @QueryParam("version") @DefaultValue("0") int version) {
    return response(changes.amend(id, version));
  }

  /** In any state; what needs the task is skipped. */
  @POST
  @Path("{id: [0-9]+}/tasks/{task: [^/:]+}:cancel")
  @Consumes(MediaType.WILDCARD)
  public Response cancelTask(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("reason") @DefaultValue("") String reason) {
    return response(changes.change(id, new RunChange.CancelTask(task, reason)));
  }

  /** Tries it again with all its attempts before it; what was skipped for it comes back. */
  @POST
  @Path("{id: [0-9]+}/tasks/{task: [^/:]+}:retry")
  @Consumes(MediaType.WILDCARD)
  public Response retryTask(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("reason") @DefaultValue("") String reason) {
    return response(changes.change(id, new RunChange.RetryTask(task, reason)));
  }

  /** Goes on without it: what needs it may start. */
  @POST
  @Path("{id: [0-9]+}/tasks/{task: [^/:]+}:skip")
  @Consumes(MediaType.WILDCARD)
  public Response skipTask(
      @PathParam("id") long id,
      @PathParam("task") String task,
      @QueryParam("reason") @DefaultValue("") String reason) {
    return response(changes.change(id, new RunChange.SkipTask(task, reason)));
  }

  /** Says yes, or no, to reported work. */
  @POST
  @Path("{id: [0-9]+}/tasks/{task: [^/:]+}:approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response approveTask(
      @PathParam("id") long id, @PathParam("task") String task, @Nullable ApprovalJson said) {
    return response(changes.change(id, approval(said).of(RunChange.Subject.TASK, task)));
  }

  /** Opens a gate behind a phase. */
  @POST
  @Path("{id: [0-9]+}/phases/{phase: [^/:]+}:approve")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response approvePhase(
      @PathParam("id") long id, @PathParam("phase") String phase, @Nullable ApprovalJson said) {
    return response(changes.change(id, approval(said).of(RunChange.Subject.PHASE, phase)));
  }

  /** Answers an agent's question; the attempt that waits, or the next one, is told. */
  @POST
  @Path("{id: [0-9]+}/tasks/{task: [^/:]+}:answer")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response answer(
      @PathParam("id") long id, @PathParam("task") String task, @Nullable AnswerJson said) {
    AnswerJson answer = said == null ? new AnswerJson(null, null, null) : said;
    return response(changes.change(id, answer.to(task)));
  }

  private static ApprovalJson approval(@Nullable ApprovalJson said) {
    return said == null ? new ApprovalJson(null, null, null, null) : said;
  }

  private static Response response(Answer<ObservedRun> answer) {
    return Problems.response(answer, run -> Response.ok(RunJson.of(run)).build());
  }
}
