package dev.makespan.planner;

import java.time.Instant;

/**
 * Where an artifact may be read without the suite.
 *
 * @param url a secret while it is good
 * @param until then it is not any more
 */
public record ArtifactLink(ArtifactFact artifact, String url, Instant until) {}
