package dev.makespan.planner;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A piece of an attempt's output.
 *
 * @param attempt its number
 * @param sequence from 1 in the attempt
 * @param offset bytes of output before it; past the end of the piece before, some were dropped
 * @param data read only
 * @param last nothing follows
 */
public record LogPiece(
    int attempt, long sequence, long offset, ByteBuffer data, boolean last, Instant receivedAt) {}
