package dev.makespan.core.merge;

import java.time.Instant;

/**
 * A batch that ended, as history.
 *
 * @param number counts from 1 within a run
 * @param fence of the attempt that merged it
 */
public record Batch(
    int number, long fence, Instant formedAt, Instant endedAt, BatchReport report) {}
