package dev.makespan.planner;

/**
 * A file that an attempt has left behind.
 *
 * @param attempt its number
 * @param sha256 in lower-case hex
 */
public record ArtifactFact(int attempt, String name, String sha256, long bytes) {}
