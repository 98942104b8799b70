package dev.makespan.gateway.records;

/**
 * How much one attempt may leave behind.
 *
 * @param fileBytes largest artifact
 * @param attemptBytes all of an attempt together
 * @param files of an attempt
 */
public record ArtifactLimits(long fileBytes, long attemptBytes, int files) {}
