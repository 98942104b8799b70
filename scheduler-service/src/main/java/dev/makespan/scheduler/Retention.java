package dev.makespan.scheduler;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Forgets old runs in the background, a part at a time. Any number of replicas may do so. */
final class Retention implements Runnable {

  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  /** So that a large sweep leaves the database to those who wait for it. */
  private static final Duration BETWEEN_PARTS = Duration.ofMillis(100);

  private final Journal journal;
  private final Duration kept;
  private final Pauses pauses;

  Retention(Journal journal, Duration kept, RandomGenerator chance) {
    this.journal = journal;
    this.kept = kept;
    this.pauses = new Pauses(chance);
  }

  @Override
  public void run() {
    try {
      while (pauses.pause(sweptPart() ? BETWEEN_PARTS : BETWEEN_SWEEPS)) {}
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there may be more. */
  private boolean sweptPart() {
    try {
      return journal.dropFinished(kept);
    } catch (JournalUnavailable | JournalRefused e) {
      LOG.debugf("no sweep: %s", e.getMessage());
      return false;
    }
  }

  void stop() {
    pauses.end();
  }
}
