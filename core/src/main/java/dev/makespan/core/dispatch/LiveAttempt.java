package dev.makespan.core.dispatch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the books keep of an attempt while it is live: its lease, its clocks and its charge. */
final class LiveAttempt {

  private final Instant since;
  private final long chargedNanos;
  private final List<Timers.Entry> timers = new ArrayList<>(2);
  private Instant leaseUntil;

  LiveAttempt(Instant since, long chargedNanos, Instant leaseUntil) {
    this.since = since;
    this.chargedNanos = chargedNanos;
    this.leaseUntil = leaseUntil;
  }

  /** The same with its clocks stopped, for the numbers that its run has now. */
  LiveAttempt again(Timers clocks) {
    timers.forEach(clocks::withdraw);
    return new LiveAttempt(since, chargedNanos, leaseUntil);
  }

  Instant since() {
    return since;
  }

  /** What its run was charged when it began. */
  long chargedNanos() {
    return chargedNanos;
  }

  Instant leaseUntil() {
    return leaseUntil;
  }

  void renew(Instant until) {
    leaseUntil = until;
  }

  /** Clocks to stop when it ends. */
  List<Timers.Entry> timers() {
    return timers;
  }
}
