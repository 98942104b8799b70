package dev.makespan.bench.dispatch;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The most memory of a process that was seen, by looking often. */
final class PeakMemory implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(20);

  private final Thread thread;
  private volatile double highest;
  private volatile boolean over;

  private PeakMemory(long pid) {
    this.thread = Thread.ofPlatform().daemon().unstarted(() -> look(pid));
  }

  static PeakMemory of(long pid) {
    PeakMemory peak = new PeakMemory(pid);
    peak.thread.start();
    return peak;
  }

  private void look(long pid) {
    while (!over) {
      highest = Math.max(highest, StreamsFigure.rssMib(pid));
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  double highestMib() {
    return highest;
  }

  @Override
  public void close() {
    over = true;
  }
}
