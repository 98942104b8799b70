package dev.makespan.core.run;

import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.TaskId;

/** A stub of a run that merges, and how far its wiring is. */
public record WiringPoint(TaskId producer, TaskId consumer, Stub stub, Progress progress) {

  /** How far the wiring of a stub is. */
  public enum Progress {
    /** A side has not landed yet. */
    WAITS,
    /** Both sides are in the batch that is being merged or have landed, and the plan says how. */
    NEXT,
    /** Both sides have landed, and the plan does not say how. */
    BY_PEOPLE,
    /** It is wired in what has landed. */
    WIRED,
    /** A side was skipped. */
    OFF
  }
}
