package dev.makespan.gateway.records;

/** A piece of an attempt's output. A class, since a record would compare its bytes by identity. */
public final class LogChunk {

  /** Most bytes of a chunk. */
  public static final int MAX_BYTES = 65_536;

  private final long sequence;
  private final long offset;
  private final byte[] data;
  private final boolean last;

  /**
   * A chunk that keeps the limits.
   *
   * @param sequence from 1
   * @param offset bytes of output before this; past the end of the chunk before, some were dropped
   * @param data not to be changed any more
   * @param last nothing follows
   */
  public LogChunk(long sequence, long offset, byte[] data, boolean last) {
    if (sequence <= 0) {
      throw new IllegalArgumentException("sequence: expected a number above 0, was " + sequence);
    }
    if (offset < 0 || offset > Long.MAX_VALUE - MAX_BYTES) {
      throw new IllegalArgumentException("offset: expected a number from 0, was " + offset);
    }
    if (data.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "data: expected at most " + MAX_BYTES + " bytes, was " + data.length);
    }
    this.sequence = sequence;
    this.offset = offset;
    this.data = data;
    this.last = last;
  }

  public long sequence() {
    return sequence;
  }

  public long offset() {
    return offset;
  }

  /** Not to be changed. */
  public byte[] data() {
    return data;
  }

  public boolean last() {
    return last;
  }

  /** Where the next chunk begins unless something is dropped between them. */
  public long end() {
    return offset + data.length;
  }
}
