package dev.makespan.core.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One agent's try at a task.
 *
 * @param start null: it never started
 * @param finish null: it goes on
 */
public record AttemptTimes(
    int number, String agent, @Nullable Instant start, @Nullable Instant finish, AttemptEnd end) {}
