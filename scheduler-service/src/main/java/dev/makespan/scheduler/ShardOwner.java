package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Shard;
import dev.makespan.core.dispatch.ShardSettings;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.scheduler.Journal.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Owns the shard whenever nobody else does. One thread claims it, takes its runs over, and serves
 * until the ownership is lost; then it begins again with nothing in memory.
 */
public final class ShardOwner {

  private static final Logger LOG = Logger.getLogger(ShardOwner.class);
  private static final int PAGE = 10_000;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final Journal journal;
  private final ShardClock clock;
  private final Settings settings;
  private final RandomGenerator chance;
  private final Executor threads;
  private final Pauses pauses;
  private final AtomicReference<@Nullable Mailbox> mailbox = new AtomicReference<>();
  private volatile Standing standing = new Standing.Starting();
  private volatile @Nullable Thread thread;

  /**
   * What an owner goes by.
   *
   * @param name of this process, for people who look into the database
   * @param heartbeat how often it says that it is there
   * @param expiry how long the journal waits for that; the same in all processes
   */
  public record Settings(String name, ShardSettings shard, Duration heartbeat, Duration expiry) {}

  /** An owner of nothing; see {@link #start}. */
  public ShardOwner(
      Journal journal,
      ShardClock clock,
      Settings settings,
      RandomGenerator chance,
      Executor threads) {
    this.journal = journal;
    this.clock = clock;
    this.settings = settings;
    this.chance = chance;
    this.threads = threads;
    this.pauses = new Pauses(chance);
  }

  /** Begins to look for a shard, on a thread of its own. */
  public void start() {
    thread = Thread.ofPlatform().name("shard").start(this::run);
  }

  /** Finishes what is decided, gives the shard back and waits for that a little. */
  public void stop() throws InterruptedException {
    pauses.end();
    Mailbox current = mailbox.get();
    if (current != null) {
      current.signal(new Signal.Stop());
    }
    Thread running = thread;
    if (running != null && !running.join(STOP_PATIENCE)) {
      running.interrupt();
    }
  }

  public Standing standing() {
    return standing;
  }

  /** Whether the thread that looks after the shard is there. */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Hands something to the shard's thread; null: it will be answered; else why not. */
  public @Nullable String offer(Mail mail) {
    Mailbox current = mailbox.get();
    if (current != null && current.offer(mail)) {
      return null;
    }
    return switch (standing) {
      case Standing.Starting _, Standing.Owning _ -> "the scheduler is taking over its runs";
      case Standing.StandingBy _ -> "another process owns the shard";
      case Standing.WithoutJournal _ -> "the scheduler's database does not answer";
      case Standing.Stopped _ -> "the scheduler is stopping";
    };
  }

  private void run() {
    int failures = 0;
    try {
      for (boolean prepared = false; !pauses.isEnded(); ) {
        try {
          if (!prepared) {
            journal.prepare();
            prepared = true;
          }
          claimAndServe();
          failures = 0;
        } catch (JournalUnavailable e) {
          standing = new Standing.WithoutJournal(String.valueOf(e.getMessage()));
          LOG.warnf("no shard: %s", e.getMessage());
          failures++;
          pauses.backOff(failures);
        } catch (RuntimeException e) {
          LOG.error("the shard is dropped and taken over again", e);
          failures++;
          pauses.backOff(failures);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    standing = new Standing.Stopped();
  }

  private void claimAndServe() throws InterruptedException {
    long askedAt = clock.tick();
    switch (journal.claim(settings.name())) {
      case Claim.Claimed claimed -> {
        clock.sample(claimed.at(), askedAt);
        serve(claimed.ownership(), new Freshness(clock, settings.expiry(), askedAt));
      }
      case Claim.Occupied _ -> {
        standing = new Standing.StandingBy();
        pauses.pause(settings.heartbeat());
      }
    }
  }

  private void serve(Ownership ownership, Freshness freshness) throws InterruptedException {
    Mailbox box = new Mailbox();
    Pauses inTenure = new Pauses(chance);
    threads.execute(
        new Heartbeat(ownership, journal, clock, freshness, box, inTenure, settings.heartbeat()));
    GroupWriter writer = new GroupWriter(ownership, journal, clock, box, inTenure, threads);
    Shard shard = new Shard(ownership.generation(), settings.shard(), chance);
    Tenure tenure = new Tenure(ownership, shard, clock, box, writer::begin, freshness::isFresh);
    String end = "the scheduler failed";
    try {
      restore(tenure, ownership);
      mailbox.set(box);
      standing = new Standing.Owning(ownership);
      LOG.infof("owns shard %d, generation %d", ownership.shard(), ownership.generation());
      if (pauses.isEnded()) {
        box.signal(new Signal.Stop());
      }
      end = tenure.serve();
    } finally {
      standing = new Standing.Starting();
      mailbox.set(null);
      inTenure.end();
      tenure.close(end);
      LOG.infof("generation %d has ended: %s", ownership.generation(), end);
    }
    if (pauses.isEnded()) {
      journal.release(ownership);
    }
  }

  private void restore(Tenure tenure, Ownership ownership) {
    for (RunSpec spec : journal.liveRuns(ownership.shard())) {
      try {
        tenure.restore(spec, journalOf(spec));
      } catch (IllegalArgumentException | IllegalStateException | NoSuchElementException e) {
        LOG.errorf(e, "run %s can't be restored and is left out", spec.id());
      }
    }
  }

  private List<RunEvent> journalOf(RunSpec spec) {
    List<RunEvent> all = new ArrayList<>();
    List<RunEvent> page;
    do {
      long after = all.isEmpty() ? 0 : all.getLast().position();
      page = journal.events(spec.id(), after, PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }
}
