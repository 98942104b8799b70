package dev.makespan.core.plan;

/**
 * A named file that a task leaves behind.
 *
 * @param maxBytes 0: the server's limit
 */
public record Artifact(String name, String path, long maxBytes) {}
