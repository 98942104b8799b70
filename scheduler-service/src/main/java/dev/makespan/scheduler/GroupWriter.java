package dev.makespan.scheduler;

import dev.makespan.scheduler.Journal.Kept;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Writes one group at a time until its outcome is known, and signals that. */
final class GroupWriter {

  private static final Logger LOG = Logger.getLogger(GroupWriter.class);

  private final Ownership ownership;
  private final Journal journal;
  private final ShardClock clock;
  private final Mailbox mailbox;
  private final Pauses pauses;
  private final Executor threads;
  private final Meters meters;

  GroupWriter(
      Ownership ownership,
      Journal journal,
      ShardClock clock,
      Mailbox mailbox,
      Pauses pauses,
      Executor threads,
      Meters meters) {
    this.ownership = ownership;
    this.journal = journal;
    this.clock = clock;
    this.mailbox = mailbox;
    this.pauses = pauses;
    this.threads = threads;
    this.meters = meters;
  }

  void begin(Group group) {
    threads.execute(() -> mailbox.signal(written(group)));
  }

  private Signal written(Group group) {
    try {
      return writtenAtLast(group);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Signal.Lost("the writer was interrupted");
    } catch (RuntimeException e) {
      LOG.errorf(e, "group %d of generation %d", group.number(), ownership.generation());
      return new Signal.Lost("the journal refuses what was decided");
    }
  }

  private Signal writtenAtLast(Group group) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return answered(group);
      } catch (JournalUnavailable e) {
        meters.retried();
        LOG.warnf("group %d, try %d: %s", group.number(), tries, e.getMessage());
        if (!pauses.backOff(tries)) {
          return new Signal.Lost("the scheduler is stopping");
        }
      }
    }
  }

  private Signal answered(Group group) {
    long askedAt = clock.tick();
    return switch (journal.write(ownership, group)) {
      case Kept.Still still -> {
        clock.sample(still.at(), askedAt);
        meters.committed(group, Duration.ofNanos(clock.tick() - askedAt));
        yield new Signal.Durable(group.number());
      }
      case Kept.Lost _ -> {
        meters.refused();
        yield new Signal.Lost("another process owns the shard now");
      }
    };
  }
}
