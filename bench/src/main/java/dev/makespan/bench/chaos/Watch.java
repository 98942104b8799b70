package dev.makespan.bench.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal several times a second, holds the history against it, and asks the oracles
 * every second. One thread runs it; others may ask.
 */
final class Watch {

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final long ORACLES_NANOS = Duration.ofSeconds(1).toNanos();

  private final Town town;
  private final History history;
  private final Function<String, @Nullable PlanModel> plans;
  private final int infraLimit;
  private final Evidence evidence = new Evidence();
  private final ServiceCounters counters = new ServiceCounters();
  private final JournalTail tail;
  private final JournalCheck journal;
  private final HistoryCheck told;
  private final List<Happening> all = new ArrayList<>();
  private final Set<Long> finished = ConcurrentHashMap.newKeySet();
  private int heldAgainst;
  private long oraclesNanos;
  private volatile boolean going = true;

  Watch(Town town, History history, Function<String, @Nullable PlanModel> plans, int infraLimit) {
    this.town = town;
    this.history = history;
    this.plans = plans;
    this.infraLimit = infraLimit;
    this.tail = new JournalTail(town.databaseUrl());
    this.journal = new JournalCheck(plans, infraLimit, evidence);
    this.told = new HistoryCheck(journal, evidence);
  }

  void run() {
    while (going) {
      look();
      Waiting.lasting(PAUSE);
    }
  }

  /** The schedulers' own counters, in a thread that may wait for one that is stopped. */
  void count() {
    while (going) {
      town.schedulers().stream().filter(TownService::isAlive).forEach(counters::ask);
      Waiting.lasting(PAUSE);
    }
  }

  /** Whether the database could be read. */
  synchronized boolean look() {
    all.addAll(history.drain());
    try {
      tail.read(journal);
      told.see(all.subList(heldAgainst, all.size()));
      heldAgainst = all.size();
      told.runs().stream().filter(journal::isFinished).forEach(finished::add);
      if (System.nanoTime() - oraclesNanos > ORACLES_NANOS) {
        SqlOracles.ask(tail, evidence);
        oraclesNanos = System.nanoTime();
      }
      return true;
    } catch (SQLException e) {
      history.count("looks at a database that was away");
      return false;
    }
  }

  /** From any thread. */
  boolean isFinished(long run) {
    return finished.contains(run);
  }

  /** The runs that have not ended, as the tables say, those of unanswered starts among them. */
  synchronized List<String> liveRuns() {
    try {
      return tail.ask("SELECT id FROM scheduler.run WHERE finished_at IS NULL ORDER BY id");
    } catch (SQLException e) {
      return List.of("unknown: " + e.getMessage());
    }
  }

  synchronized int runs() {
    return told.runs().size();
  }

  synchronized boolean holdsAnything(String agent) {
    return journal.holdsAnything(agent);
  }

  synchronized Evidence evidence() {
    return evidence;
  }

  ServiceCounters counters() {
    return counters;
  }

  /** Looks at one promise beside the journal. */
  synchronized void look(Promise promise, boolean holds, String words, Object... arguments) {
    evidence.look(promise, holds, words, arguments);
  }

  /** Reads the whole journal from its beginning, and holds all that was ever said against it. */
  synchronized Evidence recount() throws SQLException {
    Evidence again = new Evidence();
    JournalCheck whole = new JournalCheck(plans, infraLimit, again);
    tail.read(whole);
    new HistoryCheck(whole, again).see(all);
    SqlOracles.ask(tail, again);
    return again;
  }

  void stop() {
    going = false;
  }

  synchronized void close() {
    stop();
    tail.close();
  }
}
