package dev.makespan.planner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate behind a phase of a run, as the scheduler tells it.
 *
 * @param reached every task of the phase is done
 * @param by who opened it; empty: nobody yet
 * @param approvedAt null: nobody has opened it
 */
public record ObservedCheckpoint(
    String phase,
    String gate,
    boolean reached,
    String by,
    String note,
    @Nullable Instant approvedAt) {}
