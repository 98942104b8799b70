package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Shard;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * One shard from its claim to the end of the ownership: a thread that takes its runs over and
 * serves. Ends by itself when the ownership is lost; then nothing of it is kept.
 */
final class OwnedShard {

  private static final Logger LOG = Logger.getLogger(OwnedShard.class);

  private final Ownership ownership;
  private final Journal journal;
  private final ShardClock clock;
  private final Meters meters;
  private final Mailbox mailbox = new Mailbox();
  private final Pauses pauses;
  private final Tenure tenure;
  private final Heartbeat heartbeat;
  private final Executor threads;
  private final Thread thread;
  private volatile Stage stage = Stage.RESTORING;

  /** How far it is. */
  enum Stage {
    RESTORING,
    SERVING,
    ENDED
  }

  /**
   * A claimed shard that nobody serves yet; see {@link #start}.
   *
   * @param askedAt the tick before the claim was asked for
   */
  OwnedShard(
      Ownership ownership,
      long askedAt,
      Journal journal,
      ShardClock clock,
      ShardOwner.Settings settings,
      RandomGenerator chance,
      Executor threads,
      Meters meters) {
    this.ownership = ownership;
    this.journal = journal;
    this.clock = clock;
    this.threads = threads;
    this.meters = meters;
    this.pauses = new Pauses(chance);
    Freshness freshness = new Freshness(clock, settings.expiry(), askedAt);
    GroupWriter writer =
        new GroupWriter(ownership, journal, clock, mailbox, pauses, threads, meters);
    Shard shard = new Shard(ownership.shard(), ownership.generation(), settings.shard(), chance);
    this.tenure =
        new Tenure(ownership, shard, clock, mailbox, writer::begin, freshness::isFresh, meters);
    this.heartbeat =
        new Heartbeat(
            ownership,
            journal,
            clock,
            freshness,
            mailbox,
            pauses,
            settings.heartbeat(),
            tenure::beat);
    this.thread = Thread.ofPlatform().name("shard-" + ownership.shard()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  Ownership ownership() {
    return ownership;
  }

  Stage stage() {
    return stage;
  }

  /** Whether it will be answered or abandoned. */
  boolean offer(Mail mail) {
    return stage == Stage.SERVING && mailbox.offer(mail);
  }

  /** Finishes what is decided and gives the shard back. */
  void stop() {
    mailbox.signal(new Signal.Stop());
  }

  /** Waits for the end; interrupts what takes longer. */
  void join(Duration patience) throws InterruptedException {
    if (!thread.join(patience)) {
      thread.interrupt();
    }
  }

  private void run() {
    String end = "the scheduler failed";
    try {
      threads.execute(heartbeat);
      long claimedAt = clock.tick();
      tenure.pause(journal.agentPauses());
      new Restoration(journal, clock, threads).restore(ownership.shard(), tenure);
      meters.takenOver(Duration.ofNanos(clock.tick() - claimedAt));
      stage = Stage.SERVING;
      LOG.infof("owns shard %d, generation %d", ownership.shard(), ownership.generation());
      end = tenure.serve();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = "the scheduler is stopping";
    } catch (JournalUnavailable e) {
      LOG.warnf("shard %d is not taken over: %s", ownership.shard(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.errorf(e, "shard %d is dropped and taken over again", ownership.shard());
    } finally {
      end(end);
    }
  }

  private void end(String reason) {
    stage = Stage.ENDED;
    pauses.end();
    tenure.close(reason);
    LOG.infof(
        "generation %d of shard %d has ended: %s",
        ownership.generation(), ownership.shard(), reason);
    try {
      journal.release(ownership);
    } catch (JournalUnavailable e) {
      LOG.warnf("shard %d was not given back: %s", ownership.shard(), e.getMessage());
    }
  }
}
