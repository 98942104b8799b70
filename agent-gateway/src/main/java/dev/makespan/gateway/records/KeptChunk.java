package dev.makespan.gateway.records;

import java.time.Instant;

/** A chunk as it is kept. */
public record KeptChunk(LogChunk chunk, Instant received) {}
