package dev.makespan.core.task;

import java.util.List;

/** What the rules say to a command. */
public sealed interface TaskDecision {

  /** It happens: these events, in this order; none when it has happened before. */
  record Accepted(List<TaskEvent> events) implements TaskDecision {
    public Accepted {
      events = List.copyOf(events);
    }

    static Accepted of(TaskEvent... events) {
      return new Accepted(List.of(events));
    }
  }

  /** Nothing happens. */
  record Refused(Refusal refusal, String message) implements TaskDecision {}

  /** Why nothing happens. */
  enum Refusal {
    /**
     * It is about an attempt that was replaced, cancelled or never was. Normal, and only counted.
     */
    SUPERSEDED,
    /** The same result was accepted before. */
    DUPLICATE,
    /** It makes no sense in this state. */
    INVALID
  }
}
