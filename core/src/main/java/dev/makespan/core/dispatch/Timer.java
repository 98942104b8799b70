package dev.makespan.core.dispatch;

import dev.makespan.core.task.RunId;
import java.time.Instant;

/**
 * Something that is due. Those of an attempt are withdrawn when it ends; whoever handles one looks
 * nevertheless whether it applies.
 *
 * @param fence of the attempt that it is about; 0: none
 */
record Timer(Instant at, Kind kind, RunId run, int task, long fence) {

  /** What is due. */
  enum Kind {
    /** The assignment is not answered. */
    DELIVERY,
    /** The lease may have run out. */
    LEASE,
    /** The task has run longer than its timeout. */
    DEADLINE,
    /** The time of a budget may be used up: that of a task's attempt, or with fence 0 the run's. */
    BUDGET,
    /** A pause between attempts is over. */
    BACKOFF,
    /** An agent may be asked again. */
    REST
  }
}
