package dev.makespan.scheduler;

import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run as lists show it. */
public record RunSummary(
    RunId id,
    String planName,
    int planVersion,
    Map<String, String> parameters,
    boolean simulated,
    double speed,
    Instant createdAt,
    RunState state,
    String reason,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {}
