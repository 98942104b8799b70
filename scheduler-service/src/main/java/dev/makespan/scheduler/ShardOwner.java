package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.dispatch.ShardSettings;
import dev.makespan.core.task.RunId;
import dev.makespan.scheduler.Journal.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Owns this replica's share of the shards: says that it is there, claims what nobody holds up to
 * its share, and gives back what is more than that when others have come.
 */
public final class ShardOwner {

  private static final Logger LOG = Logger.getLogger(ShardOwner.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final Journal journal;
  private final ShardClock clock;
  private final Settings settings;
  private final RandomGenerator chance;
  private final Executor threads;
  private final Meters meters;
  private final Pauses pauses;
  private final Directory directory;
  private final Object told = new Object();
  private final Map<Integer, OwnedShard> owned = new ConcurrentHashMap<>();
  private volatile @Nullable Standing trouble = new Standing.Starting();
  private volatile @Nullable Thread thread;

  /**
   * What an owner goes by.
   *
   * @param heartbeat how often it says that it is there
   * @param expiry how long the journal waits for that; the same in all processes
   */
  public record Settings(Member self, ShardSettings shard, Duration heartbeat, Duration expiry) {}

  /** An owner of nothing; see {@link #start}. */
  public ShardOwner(
      Journal journal,
      ShardClock clock,
      Settings settings,
      RandomGenerator chance,
      Executor threads,
      Meters meters) {
    this.journal = journal;
    this.clock = clock;
    this.settings = settings;
    this.chance = chance;
    this.threads = threads;
    this.meters = meters;
    this.pauses = new Pauses(chance);
    this.directory = new Directory(journal);
    meters.owned(owned::size);
  }

  /** Begins to look for shards, on a thread of its own. */
  public void start() {
    thread = Thread.ofPlatform().name("shards").start(this::run);
  }

  /** Finishes what is decided, gives the shards back and waits for that a little. */
  public void stop() throws InterruptedException {
    pauses.end();
    Thread running = thread;
    if (running != null && !running.join(STOP_PATIENCE)) {
      running.interrupt();
    }
  }

  /** Whether the thread that looks after the shards is there. */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  public Standing standing() {
    Standing why = trouble;
    if (why != null) {
      return why;
    }
    List<OwnedShard> all = List.copyOf(owned.values());
    List<Ownership> serving =
        all.stream()
            .filter(shard -> shard.stage() == OwnedShard.Stage.SERVING)
            .map(OwnedShard::ownership)
            .toList();
    if (!serving.isEmpty()) {
      return new Standing.Owning(serving);
    }
    return all.isEmpty() ? new Standing.StandingBy() : new Standing.Starting();
  }

  /** How often each owner of a shard says that it is there. */
  public Duration heartbeat() {
    return settings.heartbeat();
  }

  /** Who is there, as seen at the last heartbeat. */
  public Roster roster() {
    return directory.roster();
  }

  /**
   * Hands something to its shard's thread; null: it will be answered; else why not. May ask the
   * journal, and so block, for mail about a run.
   */
  public @Nullable NotHere offer(Mail mail) {
    int shard =
        switch (mail) {
          case Mail.Change m when m.started() != null -> m.started().shard();
          case Mail.Change m -> shardOf(m.run());
          case Mail.Recall m -> shardOf(m.run());
          case Mail.Reopen m -> shardOf(m.run().spec().id());
          case Mail.Look m -> shardOf(m.run());
          case Mail.Ask m -> shardOf(m.run());
          case Mail.Subscribe m -> shardOf(m.watch().run());
          case Mail.ListAgents m -> m.shard();
          case Mail.PauseAgents m -> m.shard();
          case Mail.LinkOpened m -> m.link().shard();
          case Mail.LinkSays m -> m.link().shard();
          case Mail.LinkEnded m -> m.link().shard();
        };
    OwnedShard here = owned.get(shard);
    return here != null && here.offer(mail) ? null : notHere(shard, here);
  }

  /** The shards that are here and answer. */
  Set<Integer> served() {
    Set<Integer> served = new TreeSet<>();
    owned.forEach((number, shard) -> {
      if (shard.stage() == OwnedShard.Stage.SERVING) {
        served.add(number);
      }
    });
    return served;
  }

  /** Where the owners of other shards are reached, as far as they say. */
  List<String> otherOwners() {
    return directory.roster().shards().stream()
        .filter(entry -> entry.held() && !owned.containsKey(entry.shard()))
        .map(entry -> entry.owner().address())
        .filter(address -> !address.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Has all shards here heed what operators have paused, and answers that. One at a time, so that
   * what was read first is also told first.
   */
  List<AgentPause> tellPauses() {
    synchronized (told) {
      List<AgentPause> now = journal.agentPauses();
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int shard : served()) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (offer(new Mail.PauseAgents(shard, now, answer)) == null) {
          answers.add(answer);
        }
      }
      answers.forEach(CompletableFuture::join);
      return now;
    }
  }

  /** Of a run that there is not, any shard can say so; best one that is here. */
  private int shardOf(RunId run) {
    Integer shard = directory.findShard(run);
    return shard != null ? shard : owned.keySet().stream().min(Integer::compare).orElse(1);
  }

  private NotHere notHere(int shard, @Nullable OwnedShard here) {
    if (pauses.isEnded()) {
      return new NotHere(shard, "the scheduler is stopping", null);
    }
    if (here != null && here.stage() == OwnedShard.Stage.RESTORING) {
      return new NotHere(shard, "the scheduler is taking over its runs", null);
    }
    if (trouble instanceof Standing.WithoutJournal) {
      return new NotHere(shard, "the scheduler's database does not answer", null);
    }
    Member owner = directory.roster().findOwner(shard);
    if (owner == null || owner.equals(settings.self())) {
      return new NotHere(shard, "no replica owns shard " + shard + " at the moment", null);
    }
    String address = owner.address().isEmpty() ? null : owner.address();
    return new NotHere(shard, "another replica owns shard " + shard, address);
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
          lookAfter();
          trouble = null;
          failures = 0;
          pauses.pause(settings.heartbeat());
        } catch (JournalUnavailable e) {
          trouble = new Standing.WithoutJournal(String.valueOf(e.getMessage()));
          failures = failed(failures, () -> LOG.warnf("no journal: %s", e.getMessage()));
        } catch (RuntimeException e) {
          failures = failed(failures, () -> LOG.error("looking after the shards failed", e));
        }
      }
      stopAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    trouble = new Standing.Stopped();
  }

  /** Says it once; pauses longer each time. */
  private int failed(int failures, Runnable report) throws InterruptedException {
    if (failures == 0) {
      report.run();
    }
    pauses.backOff(failures + 1);
    return failures + 1;
  }

  private void lookAfter() {
    owned.values().removeIf(shard -> shard.stage() == OwnedShard.Stage.ENDED);
    Roster roster = journal.present(settings.self());
    directory.update(roster);
    tellPauses();
    int share = roster.share();
    for (int more = share - owned.size(); more > 0 && roster.hasFree() && claim(); more--) {}
    if (owned.size() > share) {
      owned.values().stream()
          .max((a, b) -> Integer.compare(a.ownership().shard(), b.ownership().shard()))
          .ifPresent(OwnedShard::stop);
    }
  }

  /** Whether there was something to claim. */
  private boolean claim() {
    long askedAt = clock.tick();
    switch (journal.claim(settings.self(), Set.copyOf(owned.keySet()))) {
      case Claim.Claimed claimed -> {
        clock.sample(claimed.at(), askedAt);
        OwnedShard shard =
            new OwnedShard(
                claimed.ownership(), askedAt, journal, clock, settings, chance, threads, meters);
        owned.put(claimed.ownership().shard(), shard);
        shard.start();
        return true;
      }
      case Claim.Occupied _ -> {
        return false;
      }
    }
  }

  private void stopAll() throws InterruptedException {
    owned.values().forEach(OwnedShard::stop);
    for (OwnedShard shard : owned.values()) {
      shard.join(STOP_PATIENCE);
    }
  }
}
