package dev.makespan.scheduler;

import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What lists show of a run and its events change.
 *
 * @param startedAt the first start of a task; null: none in this group
 * @param finishedAt null: it is live
 * @param amendedTo the version of its plan that it goes on with; null: that it was started with
 */
public record RunProgress(
    RunId run,
    RunState state,
    String reason,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer amendedTo) {

  /** Of a run that was not amended. */
  public RunProgress(
      RunId run,
      RunState state,
      String reason,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {
    this(run, state, reason, startedAt, finishedAt, null);
  }

  RunProgress amended(int version) {
    return new RunProgress(run, state, reason, startedAt, finishedAt, version);
  }
}
