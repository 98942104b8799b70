package dev.makespan.core.merge;

import java.time.Instant;

/** A person lets nothing be merged. */
public record MergeHold(String reason, String by, Instant since) {}
