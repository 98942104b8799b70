package dev.makespan.core.plan;

/**
 * Numbers handed out without collision: the n-th task that asks gets first + n·stride, size of
 * them.
 */
public record NumberRange(String name, long first, long stride, long size) {

  /** The first number of the {@code n}-th task that asks, from 0. */
  public long firstOf(int n) {
    return Math.addExact(first, Math.multiplyExact((long) n, stride));
  }

  /** The last number, included, of the {@code n}-th task that asks, from 0. */
  public long lastOf(int n) {
    return Math.addExact(firstOf(n), size - 1);
  }
}
