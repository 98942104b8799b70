package dev.makespan.planner;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in a run. The planner passes events on without a look inside, so the
 * adapter to the scheduler keeps them in the form in which they came.
 */
public interface ObservedEvent {

  /** Counts from 1 without a gap within a run. */
  long position();

  Instant at();

  /** Empty for events of the whole run. */
  String task();

  /** Such as {@code task-leased}. */
  String kind();

  /** What the event carries, by name: texts, numbers, and maps of them. */
  Map<String, Object> facts();

  /** Whether nothing follows. */
  boolean isLast();
}
