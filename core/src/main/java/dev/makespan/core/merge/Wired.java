package dev.makespan.core.merge;

import dev.makespan.core.plan.TaskId;

/** A stub of {@code consumer} against {@code producer} whose both sides were connected. */
public record Wired(TaskId producer, TaskId consumer) {}
