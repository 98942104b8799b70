package dev.makespan.scheduler;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Until when nobody can have taken the shard over: one expiry from when the last confirmed question
 * was asked.
 */
final class Freshness {

  private final ShardClock clock;
  private final long expiryNanos;
  private final AtomicLong confirmedAt;

  Freshness(ShardClock clock, Duration expiry, long askedAt) {
    this.clock = clock;
    this.expiryNanos = expiry.toNanos();
    this.confirmedAt = new AtomicLong(askedAt);
  }

  /** The database moved the expiry forward after this tick. */
  void confirmed(long askedAt) {
    confirmedAt.accumulateAndGet(askedAt, (a, b) -> b - a > 0 ? b : a);
  }

  boolean isFresh() {
    return clock.tick() - confirmedAt.get() < expiryNanos;
  }
}
