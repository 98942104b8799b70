package dev.makespan.core.plan;

/** A dependency that may be stubbed: never delays the start, and is wired {@code via} later. */
public record Stub(TaskId task, String via) {}
