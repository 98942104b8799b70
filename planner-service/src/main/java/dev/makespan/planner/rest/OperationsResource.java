package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.Computations;
import dev.makespan.planner.Operation;
import dev.makespan.planner.OperationWatch;
import dev.makespan.planner.Operations;
import dev.makespan.planner.Plans;
import dev.makespan.planner.Question;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Violation;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** Long computations that go on without their callers, over restarts of the planner. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operations")
@APIResponse(
    responseCode = "400",
    description = "The request is refused, with everything that is wrong with it.",
    content =
        @Content(
            mediaType = ProblemJson.MEDIA_TYPE,
            schema = @Schema(implementation = ProblemJson.class)))
public class OperationsResource {

  private final Plans plans;
  private final Operations operations;
  private final OperationWatch watch;
  private final Computations computations;

  OperationsResource(
      Plans plans, Operations operations, OperationWatch watch, Computations computations) {
    this.plans = plans;
    this.operations = operations;
    this.watch = watch;
    this.computations = computations;
  }

  /** Starts a computation; the question has one of its parts. */
  @POST
  @Path("operations")
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = OperationJson.class)))
  public Response start(
      OperationJson.@Nullable Start wish,
      @HeaderParam("Idempotency-Key") @DefaultValue("") String requestId) {
    OperationJson.Start said = wish == null ? new OperationJson.Start(null, null, null) : wish;
    QuestionJson asked = said.question();
    Answer<Operation> started =
        (asked == null ? Optional.<Question>empty() : asked.question())
            .map(question ->
                operations.start(
                    requestId,
                    said.plan() == null ? "" : said.plan(),
                    said.version() == null ? 0 : said.version(),
                    question))
            .orElseGet(() -> Answer.refused(noQuestion()));
    return Problems.response(
        started,
        operation ->
            Response.accepted(OperationJson.of(operation))
                .header("Location", "/api/v1/operations/" + operation.id())
                .build());
  }

  /** Newest first. */
  @GET
  @Path("operations")
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OperationJson.Listed.class)))
  public Response list(
      @QueryParam("pageSize") @DefaultValue("0") int pageSize,
      @QueryParam("pageToken") @DefaultValue("") String pageToken,
      @QueryParam("plan") @DefaultValue("") String planName) {
    return Problems.response(
        operations.operations(pageSize, pageToken, planName),
        page -> Response.ok(OperationJson.Listed.of(page)).build());
  }

  @GET
  @Path("operations/{id}")
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OperationJson.class)))
  public Response get(@PathParam("id") long id) {
    return Problems.response(
        operations.operation(id), found -> Response.ok(OperationJson.of(found)).build());
  }

  /**
   * What it was answered with, without the plan, which may be deleted; 409 while it is not done.
   */
  @GET
  @Path("operations/{id}/result")
  @RunOnVirtualThread
  public Response result(@PathParam("id") long id) {
    return Problems.response(
        operations.outcome(id),
        outcome -> Response.ok(ResultJson.of(outcome, fileName(outcome.operation()))).build());
  }

  /** Asks for an end; the computation stops within seconds. */
  @POST
  @Path("operations/{id: [0-9]+}:cancel")
  @Consumes(MediaType.WILDCARD)
  @RunOnVirtualThread
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OperationJson.class)))
  public Response cancel(@PathParam("id") long id) {
    return Problems.response(
        operations.cancel(id), found -> Response.ok(OperationJson.of(found)).build());
  }

  /** The operation whenever it has changed, as events {@code operation}, until it is over. */
  @GET
  @Path("operations/{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> events(@PathParam("id") long id, @Context Sse sse) {
    return switch (watch.begin(id)) {
      case Answer.Refused<OperationWatch.Watching>(Refusal refusal) ->
          throw new WebApplicationException(Problems.response(refusal));
      case Answer.Given<OperationWatch.Watching>(OperationWatch.Watching watching) ->
          Multi.createFrom()
              .emitter(
                  emitter -> {
                    emitter.onTermination(watching::leave);
                    watching.follow(new Telling(emitter, sse));
                  },
                  BackPressureStrategy.LATEST);
    };
  }

  /** What this planner has computed since its start, and what it computes now. */
  @GET
  @Path("computations")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = OperationJson.Figures.class)))
  public OperationJson.Figures figures() {
    return OperationJson.Figures.of(computations.figures());
  }

  /** Empty when the plan is deleted. */
  private String fileName(Operation operation) {
    return switch (plans.fileName(operation.plan().name(), operation.plan().version())) {
      case Answer.Given<String>(String name) -> name;
      case Answer.Refused<String> _ -> "";
    };
  }

  private static Refusal noQuestion() {
    return Refusal.invalid(
        List.of(
            Violation.of("question", "expected one of analysis, schedule, curve and forecast")));
  }

  /** Passes on what the watch says. */
  private record Telling(MultiEmitter<? super OutboundSseEvent> emitter, Sse sse)
      implements OperationWatch.Listener {

    @Override
    public void changed(Operation operation) {
      emitter.emit(Events.of(sse, "operation", OperationJson.of(operation)));
    }

    @Override
    public void ended() {
      emitter.complete();
    }

    @Override
    public void refused(Refusal refusal) {
      emitter.emit(Events.of(sse, "refused", Problems.json(refusal)));
      emitter.complete();
    }

    @Override
    public void failed(Throwable failure) {
      emitter.fail(failure);
    }
  }
}
