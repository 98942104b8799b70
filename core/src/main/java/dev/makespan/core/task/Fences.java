package dev.makespan.core.task;

/**
 * How a fence is made: the generation of the shard's ownership above, then the shard, and a counter
 * below. Of one task it only grows, since a task stays in its shard and generations grow.
 */
public final class Fences {

  /** Shards count from 1 to this. */
  public static final int MAX_SHARDS = 256;

  /** The first generation that does not fit. */
  public static final long GENERATIONS = 1L << 23;

  private static final int COUNTER_BITS = 32;
  private static final int SHARD_BITS = 8;

  private Fences() {}

  /**
   * What the first fence of an ownership is above.
   *
   * @param generation of the ownership, above 0
   */
  public static long origin(long generation, int shard) {
    if (generation <= 0 || generation >= GENERATIONS) {
      throw new IllegalArgumentException("generation out of range: " + generation);
    }
    if (shard < 1 || shard > MAX_SHARDS) {
      throw new IllegalArgumentException("shard: expected 1 to " + MAX_SHARDS + ", was " + shard);
    }
    return (generation << (SHARD_BITS + COUNTER_BITS)) | ((long) (shard - 1) << COUNTER_BITS);
  }

  /** The shard that has given {@code fence} out. */
  public static int shardOf(long fence) {
    return (int) (fence >>> COUNTER_BITS & (MAX_SHARDS - 1)) + 1;
  }
}
