package dev.makespan.planner;

import java.time.Instant;

/**
 * A stored version, which never changes.
 *
 * @param version from 1, by name
 * @param contentHash hex of the SHA-256 of the file
 */
public record StoredPlan(
    String name,
    int version,
    String title,
    int taskCount,
    String contentHash,
    Instant createTime) {}
