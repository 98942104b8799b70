package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * A dependency that may be stubbed: never delays the start, and is wired {@code via} later.
 *
 * @param wire a shell command that wires it in a workspace that has both sides; null: people do
 */
public record Stub(TaskId task, String via, @Nullable String wire) {}
