package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Campaign.Strike;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Does what the campaign says to services and PostgreSQL, measures until it is over, and mends. */
final class Nemesis {

  /** What is not over by then will not be. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** A commit takes two milliseconds: one kill alone seldom meets one. */
  private static final int BURST = 20;

  private static final Duration BETWEEN_KILLS = Duration.ofMillis(25);

  private final Town town;
  private final Stage stage;
  private final AgentStrikes agents;
  private final JournalTail journal;

  Nemesis(Town town, Stage stage, AgentStrikes agents, JournalTail journal) {
    this.town = town;
    this.stage = stage;
    this.agents = agents;
    this.journal = journal;
  }

  void strike(Strike strike, Duration outage) throws InterruptedException {
    stage.recoveries().struck(strike.fault());
    switch (strike.fault()) {
      case SCHEDULER_KILL -> scheduler(strike, TownService::kill);
      case SCHEDULER_STOP -> scheduler(strike, TownService::stop);
      case GATEWAY_KILL -> gateway(strike, TownService::kill, 0);
      // Who holds nothing waits for nothing, and only its keep-alive tells it.
      case GATEWAY_STOP -> gateway(strike, TownService::stop, 1);
      case PLANNER_KILL -> planner(strike, TownService::kill);
      case PLANNER_STOP -> planner(strike, TownService::stop);
      case BACKENDS_KILL -> {
        for (int kill = 1; kill < BURST; kill++) {
          killBackends();
          Waiting.lasting(BETWEEN_KILLS);
        }
        long at = System.nanoTime();
        killBackends();
        until(strike, at, () -> stage.history().hasCommittedSince(at));
      }
      case DATABASE_KILL -> {
        long at = System.nanoTime();
        town.killDatabase();
        town.startDatabase();
        until(strike, at, () -> stage.history().hasCommittedSince(at));
      }
      case DATABASE_STOP -> outage(strike, outage);
      case EVERYTHING_KILL -> everything(strike);
      case CLIENT_LINK,
          AGENT_KILL,
          AGENT_STOP,
          AGENT_PROCESS_KILL,
          AGENT_PROCESS_STOP,
          LINK_DELAY,
          LINK_RESET,
          LINK_HALF_CLOSE,
          LINK_LOST_REPLIES ->
          agents.strike(strike);
    }
    for (TownService service : town.services()) {
      stage
          .watch()
          .look(
              Promise.STAYS_UP,
              service.isAlive(),
              "%s has ended, and %s is no reason",
              service.name(),
              strike.fault().option());
    }
  }

  /** What a service is done to. */
  interface Deed {
    void to(TownService service);
  }

  private void scheduler(Strike strike, Deed deed) {
    TownService victim = town.schedulers().get(strike.target() % Town.PAIR);
    Map<Integer, Long> had = owned(victim);
    long at = System.nanoTime();
    deed.to(victim);
    if (!had.isEmpty()) {
      until(strike, at, () -> areTaken(had));
      boolean goesOn =
          Waiting.until(
              () ->
                  had.entrySet().stream()
                      .anyMatch(
                          shard -> stage.history().generation(shard.getKey()) > shard.getValue()),
              LIMIT);
      stage
          .watch()
          .look(Promise.RECOVERS, goesOn, "no shard of %s was gone on with", victim.name());
    }
    if (victim.isStopped()) {
      Waiting.lasting(strike.lasting());
    }
    mend(victim);
  }

  private Map<Integer, Long> owned(TownService scheduler) {
    try {
      return journal.owned(scheduler.port());
    } catch (SQLException e) {
      throw new IllegalStateException("the database is away before the strike", e);
    }
  }

  private boolean areTaken(Map<Integer, Long> had) {
    try {
      Map<Integer, Long> now = stage.newest(journal);
      return had.entrySet().stream()
          .allMatch(shard -> now.getOrDefault(shard.getKey(), 0L) > shard.getValue());
    } catch (SQLException e) {
      return false;
    }
  }

  private void gateway(Strike strike, Deed deed, int holding) {
    int number = stage.gatewayWithAgents(strike.target(), holding);
    TownService victim = town.gateways().get(number);
    List<ChaosAgent> there = stage.agentsAt(number, holding);
    long at = System.nanoTime();
    deed.to(victim);
    stage.untilWelcome(strike.fault(), there, at, LIMIT);
    mend(victim);
  }

  private void planner(Strike strike, Deed deed) {
    TownService victim = town.planners().get(strike.target() % Town.PAIR);
    long at = System.nanoTime();
    deed.to(victim);
    until(strike, at, () -> stage.client().hasAnswerSince(at));
    mend(victim);
  }

  private void mend(TownService service) {
    if (service.isAlive()) {
      service.wake();
    } else {
      service.start();
    }
    stage
        .watch()
        .look(
            Promise.RECOVERS,
            Waiting.until(service::isReady, LIMIT),
            "%s does not become ready again",
            service.name());
  }

  void killBackends() {
    try {
      journal.ask(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type ="
              + " 'client backend' AND application_name <> '"
              + JournalTail.SESSION
              + "'");
    } catch (SQLException e) {
      stage.history().count("strikes at backends of a database that was away");
    }
  }

  private void outage(Strike strike, Duration outage) throws InterruptedException {
    town.stopDatabase();
    Duration half = outage.dividedBy(2);
    Waiting.lasting(half);
    for (TownService scheduler : town.schedulers()) {
      stage
          .watch()
          .look(
              Promise.STAYS_UP,
              scheduler.isAlive() && !scheduler.isReady(),
              "%s is %s without a database",
              scheduler.name(),
              scheduler.isAlive() ? "ready" : "dead");
    }
    Waiting.lasting(half);
    town.startDatabase();
    long at = System.nanoTime();
    until(strike, at, () -> stage.history().hasCommittedSince(at));
  }

  private void everything(Strike strike) throws InterruptedException {
    town.killEverything();
    Waiting.lasting(strike.lasting());
    long at = System.nanoTime();
    // The order is nobody's: services wait for what they need.
    town.services().forEach(TownService::start);
    town.startAgent();
    town.startDatabase();
    until(strike, at, () -> stage.history().hasAssignedSince(at));
    town.awaitReady();
  }

  private void until(Strike strike, long at, BooleanSupplier over) {
    stage.until(strike.fault(), at, over, LIMIT);
  }
}
