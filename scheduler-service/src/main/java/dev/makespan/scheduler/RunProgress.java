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
 */
public record RunProgress(
    RunId run,
    RunState state,
    String reason,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {}
