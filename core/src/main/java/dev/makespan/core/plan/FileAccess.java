package dev.makespan.core.plan;

/** One path or glob that a task touches, and how. */
public record FileAccess(FilePattern path, FileMode mode) {}
