package dev.makespan.planner.rest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

/** Server-Sent Events with a name and a JSON body. */
final class Events {

  private Events() {}

  static OutboundSseEvent of(Sse sse, String name, Object body) {
    return sse.newEventBuilder()
        .name(name)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(body)
        .build();
  }
}
