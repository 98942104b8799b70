package dev.makespan.scheduler;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The database's clock, as far as it is known here: read with each answer, advanced in between by
 * this machine's ticks. Never goes back. It is drawn towards the database's clock by {@link
 * #MAX_SLEW} per answer and no faster, so that a step of that clock expires no lease.
 */
public final class ShardClock {

  static final Duration MAX_SLEW = Duration.ofMillis(10);

  private final LongSupplier nanos;
  private Instant base = Instant.EPOCH;
  private long baseNanos;
  private boolean sampled;
  private Instant last = Instant.EPOCH;

  /**
   * A clock that stands at the epoch until the first sample.
   *
   * @param nanos ticks of this machine that never go back
   */
  public ShardClock(LongSupplier nanos) {
    this.nanos = nanos;
    this.baseNanos = nanos.getAsLong();
  }

  /** Now, in microseconds, as the journal keeps it. */
  public synchronized Instant now() {
    Instant now = reading(nanos.getAsLong()).truncatedTo(ChronoUnit.MICROS);
    if (now.isAfter(last)) {
      last = now;
    }
    return last;
  }

  /** The tick to be given to {@link #sample} with the answer to a question that is asked now. */
  public long tick() {
    return nanos.getAsLong();
  }

  /** Takes the database's time out of an answer. */
  public synchronized void sample(Instant databaseTime, long askedAt) {
    long answeredAt = nanos.getAsLong();
    Instant there = databaseTime.plusNanos((answeredAt - askedAt) / 2);
    Instant here = reading(answeredAt);
    base = sampled ? here.plus(slewed(Duration.between(here, there))) : there;
    baseNanos = answeredAt;
    sampled = true;
  }

  /** From here on it is not before {@code instant}: what happened then has happened. */
  public synchronized void notBefore(@Nullable Instant instant) {
    if (instant == null || !now().isBefore(instant)) {
      return;
    }
    base = instant;
    baseNanos = nanos.getAsLong();
  }

  private Instant reading(long tick) {
    return base.plusNanos(tick - baseNanos);
  }

  private static Duration slewed(Duration difference) {
    if (difference.compareTo(MAX_SLEW) > 0) {
      return MAX_SLEW;
    }
    Duration back = MAX_SLEW.negated();
    return difference.compareTo(back) < 0 ? back : difference;
  }
}
