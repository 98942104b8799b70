package dev.makespan.core.report;

import java.time.Duration;

/**
 * What the analysis of the plan said, in plan time.
 *
 * @param sequential everything one after another
 * @param planned the schedule for the plan's pools, with its locks
 */
public record PlannedFigures(
    Duration sequential, Duration criticalPath, Duration planned, Duration lowerBound) {}
