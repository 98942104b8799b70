package dev.makespan.planner.rest;

import dev.makespan.planner.ObservedEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in a run.
 *
 * @param task empty for events of the whole run
 * @param kind such as {@code task-leased}
 */
@RegisterForReflection
public record EventJson(
    long position, Instant time, String task, String kind, Map<String, Object> facts) {

  static EventJson of(ObservedEvent event) {
    return new EventJson(event.position(), event.at(), event.task(), event.kind(), event.facts());
  }
}
