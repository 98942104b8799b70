package dev.makespan.core.plan;

import java.time.Duration;

/**
 * A part of a task that others may wait for.
 *
 * @param after when it is expected, from the task's start; at most the task's likely duration
 */
public record Milestone(MilestoneId id, String title, Duration after) {}
