package dev.makespan.gateway.records;

/**
 * How much of a log is kept: its beginning and its end.
 *
 * @param headBytes kept from the beginning
 * @param tailBytes kept from the end; older segments of it are dropped
 */
public record LogLimits(long headBytes, long tailBytes) {

  /** Segments of one log; a writer that comes back all the time makes small ones. */
  static final int MAX_SEGMENTS = 1_000;

  public LogLimits {
    if (headBytes < 0 || tailBytes < LogChunk.MAX_BYTES) {
      throw new IllegalArgumentException(
          "log limits: expected a head from 0 and a tail from "
              + LogChunk.MAX_BYTES
              + " bytes, was "
              + headBytes
              + " and "
              + tailBytes);
    }
  }
}
