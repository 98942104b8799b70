package dev.makespan.scheduler;

import dev.makespan.scheduler.Journal.Kept;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Says again and again that the shard is ours, until it is not or the tenure ends. */
final class Heartbeat implements Runnable {

  private static final Logger LOG = Logger.getLogger(Heartbeat.class);

  private final Ownership ownership;
  private final Journal journal;
  private final ShardClock clock;
  private final Freshness freshness;
  private final Mailbox mailbox;
  private final Pauses pauses;
  private final Duration interval;
  private final Runnable kept;
  private boolean answered = true;

  /**
   * The heartbeat of one ownership.
   *
   * @param kept called when the shard is still ours
   */
  Heartbeat(
      Ownership ownership,
      Journal journal,
      ShardClock clock,
      Freshness freshness,
      Mailbox mailbox,
      Pauses pauses,
      Duration interval,
      Runnable kept) {
    this.ownership = ownership;
    this.journal = journal;
    this.clock = clock;
    this.freshness = freshness;
    this.mailbox = mailbox;
    this.pauses = pauses;
    this.interval = interval;
    this.kept = kept;
  }

  @Override
  public void run() {
    try {
      while (pauses.pause(interval) && beat()) {}
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean beat() {
    long askedAt = clock.tick();
    try {
      return switch (journal.keep(ownership)) {
        case Kept.Still still -> {
          clock.sample(still.at(), askedAt);
          freshness.confirmed(askedAt);
          answered = true;
          kept.run();
          yield true;
        }
        case Kept.Lost _ -> {
          mailbox.signal(new Signal.Lost("another process owns the shard now"));
          yield false;
        }
      };
    } catch (JournalUnavailable | JournalRefused e) {
      if (answered) {
        LOG.warnf("heartbeat of generation %d: %s", ownership.generation(), e.getMessage());
      }
      answered = false;
      return true;
    }
  }
}
