package dev.makespan.planner.rest;

import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedEvent;
import dev.makespan.planner.Refusal;
import dev.makespan.planner.Runs;
import dev.makespan.planner.SchedulerClient.WatchRefused;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

/** The events of a run as Server-Sent Events, at the reader's pace. */
@Path("/api/v1/runs/{id}/events")
@Tag(name = "runs")
public class EventsResource {

  private final Runs runs;

  EventsResource(Runs runs) {
    this.runs = runs;
  }

  /**
   * Events after a position, then live, until the run has finished; each with its position as id,
   * so that a browser goes on by itself after a break.
   */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  public Multi<OutboundSseEvent> events(
      @PathParam("id") long id,
      @QueryParam("after") @DefaultValue("0") long after,
      @HeaderParam("Last-Event-ID") @Nullable Long lastEventId,
      @Context Sse sse) {
    return switch (runs.watch(id, lastEventId == null ? after : lastEventId)) {
      case Answer.Refused<Flow.Publisher<ObservedEvent>>(Refusal refusal) ->
          throw new WebApplicationException(Problems.response(refusal));
      case Answer.Given<Flow.Publisher<ObservedEvent>>(Flow.Publisher<ObservedEvent> events) ->
          Multi.createFrom()
              .publisher(events)
              .map(event -> message(sse, event))
              .onFailure(WatchRefused.class)
              .recoverWithItem(failure -> farewell(sse, (WatchRefused) failure));
    };
  }

  private static OutboundSseEvent message(Sse sse, ObservedEvent event) {
    return sse.newEventBuilder()
        .id(Long.toString(event.position()))
        .name(event.kind())
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(EventJson.class, EventJson.of(event))
        .build();
  }

  private static OutboundSseEvent farewell(Sse sse, WatchRefused failure) {
    return sse.newEventBuilder()
        .name("refused")
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ProblemJson.class, Problems.json(failure.refusal()))
        .build();
  }
}
