package dev.makespan.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.MadeArtifact;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Does the work of an agent. */
public interface Runner extends AutoCloseable {

  /**
   * Begins the work and returns at once; what happens is told to {@code news}, from any thread.
   *
   * @param attempt from 1
   * @param context what the work builds upon, and where the last attempt was
   */
  Work start(TaskRef task, int attempt, TaskSpec spec, TaskContext context, News news);

  /**
   * Why this runner is not the one for such a task, which goes back uncharged to be given to
   * another agent; empty: it is. Asked before the task is accepted; looks at nothing else.
   */
  default String refusal(TaskSpec spec) {
    return "";
  }

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

    /** Lets the work know of something that it may heed; does not wait. */
    default void warn(String text) {}
  }

  /** Where the output of an attempt goes while it is made; by default nowhere. */
  interface Output {

    /** Goes nowhere. */
    Output NOWHERE =
        new Output() {
          @Override
          public void take(byte[] bytes, int length) {}

          @Override
          public void finish(Duration patience) {}
        };

    /** Takes a copy, without secrets; may wait for a moment. */
    void take(byte[] bytes, int length);

    /** Nothing follows; waits until all is kept elsewhere, at most {@code patience}. */
    void finish(Duration patience) throws InterruptedException;
  }

  /** Where a runner tells what happens. Ends with one of {@link #finished} and {@link #stopped}. */
  interface News {

    /** The work has begun. */
    void started();

    /** The same for the whole attempt. */
    default Output output() {
      return Output.NOWHERE;
    }

    /**
     * Has a file kept elsewhere, which may be gone when this returns. Waits for it.
     *
     * @return why it is not kept; empty: it is
     */
    default String keep(MadeArtifact made, Path file) throws IOException, InterruptedException {
      return "";
    }

    /** How far the work is, and where another attempt could go on. */
    void progressed(WorkProgress progress);

    /** A milestone of {@link TaskSpec#milestones} is reached. */
    void reached(MilestoneId milestone);

    /**
     * The work can't go on without somebody.
     *
     * @param keepsSlot the work waits where it is; otherwise slot and locks are given back
     * @return the answer; cancelled when the attempt ends before
     */
    CompletableFuture<Answer> blocked(String question, boolean keepsSlot);

    /**
     * The work needs paths outside of those that were declared. Until they are granted they are not
     * to be touched.
     *
     * @return the answer; cancelled when the attempt ends before
     */
    CompletableFuture<Answer> needsFiles(List<FileAccess> files, String reason);

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
