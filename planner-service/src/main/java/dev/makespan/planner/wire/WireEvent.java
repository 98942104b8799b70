package dev.makespan.planner.wire;

import dev.makespan.planner.ObservedEvent;
import dev.makespan.proto.run.v1.RunEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** An event in the form in which the scheduler sent it. */
public record WireEvent(RunEvent message) implements ObservedEvent {

  /** The message of an event; every event of this service is one of these. */
  public static RunEvent toProto(ObservedEvent event) {
    return ((WireEvent) event).message();
  }

  @Override
  public long position() {
    return message.getPosition();
  }

  @Override
  public Instant at() {
    return Times.fromProto(message.getEventTime());
  }

  @Override
  public String task() {
    return message.getTask();
  }

  @Override
  public String kind() {
    return message.getEventCase() == RunEvent.EventCase.EVENT_NOT_SET
        ? "unknown"
        : message.getEventCase().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Map<String, Object> facts() {
    return EventFacts.of(message);
  }

  @Override
  public boolean isLast() {
    return message.hasRunFinished();
  }
}
