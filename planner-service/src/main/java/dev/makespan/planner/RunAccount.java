package dev.makespan.planner;

import dev.makespan.core.report.RunReport;

/** A run with its report. */
public record RunAccount(ObservedRun run, RunReport report) {}
