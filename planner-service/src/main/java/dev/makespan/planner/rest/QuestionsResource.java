package dev.makespan.planner.rest;

import dev.makespan.planner.Question;
import dev.makespan.planner.Questions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/**
 * Questions about plans. Asked for {@code text/event-stream}, the answer says how far it is before
 * it says the result, and the computation stops when the caller leaves.
 */
@Path("/api/v1")
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "questions")
@APIResponse(
    responseCode = "400",
    description = "The question is refused, with everything that is wrong with it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class QuestionsResource {

  private static final String STREAM = MediaType.SERVER_SENT_EVENTS;

  private final Questions questions;
  private final AnswerEvents events;

  QuestionsResource(Questions questions, AnswerEvents events) {
    this.questions = questions;
    this.events = events;
  }

  /** Looks for a short schedule. */
  @POST
  @Path("plans/{name: [^/:]+}:schedule")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ResultJson.ScheduleJson.class)))
  public Response schedule(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Schedule asked) {
    return answer(name, version, questionOf(asked));
  }

  /** Events {@code progress} with each better schedule, then {@code result}. */
  @POST
  @Path("plans/{name: [^/:]+}:schedule")
  @Produces(STREAM)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> scheduleStream(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Schedule asked,
      @Context Sse sse) {
    return events.of(name, version, questionOf(asked), sse);
  }

  /** Draws the makespan by the number of agents. */
  @POST
  @Path("plans/{name: [^/:]+}:curve")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ResultJson.CurveJson.class)))
  public Response curve(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Curve asked) {
    return answer(name, version, questionOf(asked));
  }

  /** Events {@code progress}, then {@code result}. */
  @POST
  @Path("plans/{name: [^/:]+}:curve")
  @Produces(STREAM)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> curveStream(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Curve asked,
      @Context Sse sse) {
    return events.of(name, version, questionOf(asked), sse);
  }

  /** Says when the plan will be done, with what certainty. */
  @POST
  @Path("plans/{name: [^/:]+}:forecast")
  @Produces(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ResultJson.ForecastJson.class)))
  public Response forecast(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Forecast asked) {
    return answer(name, version, questionOf(asked));
  }

  /** Events {@code progress}, then {@code result}. */
  @POST
  @Path("plans/{name: [^/:]+}:forecast")
  @Produces(STREAM)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> forecastStream(
      @PathParam("name") String name,
      @QueryParam("version") @DefaultValue("0") int version,
      QuestionJson.@Nullable Forecast asked,
      @Context Sse sse) {
    return events.of(name, version, questionOf(asked), sse);
  }

  private Response answer(String name, int version, Question question) {
    return Problems.response(
        questions.answer(name, version, question),
        answered -> Response.ok(ResultJson.of(answered)).build());
  }

  private static Question questionOf(QuestionJson.@Nullable Schedule asked) {
    return (asked == null ? new QuestionJson.Schedule(null, null, null, null) : asked).question();
  }

  private static Question questionOf(QuestionJson.@Nullable Curve asked) {
    return (asked == null
            ? new QuestionJson.Curve(null, null, null, null, null, null, null, null)
            : asked)
        .question();
  }

  private static Question questionOf(QuestionJson.@Nullable Forecast asked) {
    return (asked == null
            ? new QuestionJson.Forecast(null, null, null, null, null, null, null)
            : asked)
        .question();
  }
}
