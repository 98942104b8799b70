package dev.makespan.core.schedule;

/** SplitMix64 (Steele, Lea and Flood 2014): chance that is an argument. */
final class RandomStream {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  RandomStream(long seed) {
    state = seed;
  }

  long nextLong() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** From 0 to {@code bound} - 1. */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** From 0, included, to 1. */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
