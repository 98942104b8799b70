package dev.makespan.agent;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;

/** Does the work of an agent. */
public interface Runner extends AutoCloseable {

  /** Begins the work and returns at once; what happens is told to {@code news}, from any thread. */
  Work start(TaskRef task, TaskSpec spec, News news);

  /** Frees what the runner holds; no work is going on. */
  @Override
  default void close() {}

  /** Work that is going on. */
  interface Work {

    /**
     * Stops it: asks, and forces it when {@code grace} has passed. Ends in {@link News#stopped},
     * unless the work has ended by itself meanwhile. May be called again, with less grace.
     */
    void stop(Duration grace);
  }

  /** Where a runner tells what happens. Ends with one of {@link #finished} and {@link #stopped}. */
  interface News {

    /** The work has begun. */
    void started();

    /**
     * How far the work is.
     *
     * @param percent 0 to 100
     */
    void progressed(int percent, String note);

    /** A milestone of {@link TaskSpec#milestones} is reached. */
    void reached(MilestoneId milestone);

    /** The work has ended by itself, well or not. */
    void finished(WorkReport report);

    /**
     * The work has stopped, because it was to.
     *
     * @param how such as "TERM" or "KILL"
     */
    void stopped(String how);
  }
}
