package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Campaign.Strike;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** Does what the campaign says to agents, to their links, and to the client's. */
final class AgentStrikes {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Town town;
  private final Stage stage;
  private final List<LinkProxy> gatewayLinks;
  private final List<LinkProxy> plannerLinks;
  private final Duration lease;

  AgentStrikes(
      Town town,
      Stage stage,
      List<LinkProxy> gatewayLinks,
      List<LinkProxy> plannerLinks,
      Duration lease) {
    this.town = town;
    this.stage = stage;
    this.gatewayLinks = gatewayLinks;
    this.plannerLinks = plannerLinks;
    this.lease = lease;
  }

  void strike(Strike strike) {
    switch (strike.fault()) {
      case CLIENT_LINK -> client(strike);
      case AGENT_KILL -> kill(strike);
      case AGENT_STOP -> stop(strike);
      case AGENT_PROCESS_KILL -> process(strike, TownService::kill);
      case AGENT_PROCESS_STOP -> process(strike, TownService::stop);
      case LINK_DELAY -> delay(strike);
      case LINK_RESET -> link(strike, new LinkFate.ResetAfter(strike.bytes()));
      case LINK_HALF_CLOSE -> link(strike, new LinkFate.HalfCloseAfter(strike.bytes()));
      case LINK_LOST_REPLIES ->
          link(strike, new LinkFate.LoseRepliesAfter(strike.bytes(), strike.lasting()));
      case SCHEDULER_KILL,
          SCHEDULER_STOP,
          GATEWAY_KILL,
          GATEWAY_STOP,
          PLANNER_KILL,
          PLANNER_STOP,
          BACKENDS_KILL,
          DATABASE_KILL,
          DATABASE_STOP,
          EVERYTHING_KILL ->
          throw new IllegalArgumentException(strike.fault() + " is not done to agents");
    }
  }

  /** The answer to a call that has been sent is lost with its connection. */
  private void client(Strike strike) {
    long at = System.nanoTime();
    plannerLinks.forEach(link -> link.strike(new LinkFate.LoseRepliesAfter(1, Duration.ZERO)));
    stage.until(strike.fault(), at, () -> stage.client().hasAnswerSince(at), LIMIT);
    plannerLinks.forEach(link -> link.strike(new LinkFate.Sound()));
  }

  /** The one that holds most. */
  private ChaosAgent busiest() {
    return stage
        .crowd()
        .ask(all -> all.stream().max(Comparator.comparingInt(ChaosAgent::holds)).orElseThrow());
  }

  private void kill(Strike strike) {
    ChaosAgent victim = busiest();
    long at = System.nanoTime();
    stage.crowd().kill(victim);
    stage.until(strike.fault(), at, () -> !stage.watch().holdsAnything(victim.id()), LIMIT);
    stage.crowd().add(strike.target() % Town.PAIR);
  }

  private void stop(Strike strike) {
    ChaosAgent victim = busiest();
    long at = System.nanoTime();
    stage
        .crowd()
        .ask(_ -> {
          victim.stop();
          return true;
        });
    stage.until(strike.fault(), at, () -> !stage.watch().holdsAnything(victim.id()), LIMIT);
    long away = System.nanoTime() - at;
    Waiting.lasting(lease.plus(strike.lasting()).minusNanos(away));
    stage
        .crowd()
        .ask(_ -> {
          victim.wake(System.nanoTime());
          return true;
        });
  }

  private void process(Strike strike, Nemesis.Deed deed) {
    TownService victim = town.agent();
    // Struck in the middle of something, if there is anything within a second.
    Waiting.until(() -> stage.watch().holdsAnything(victim.name()), Duration.ofSeconds(1));
    long at = System.nanoTime();
    deed.to(victim);
    stage.until(strike.fault(), at, () -> !stage.watch().holdsAnything(victim.name()), LIMIT);
    if (victim.isAlive()) {
      Waiting.lasting(lease.plus(strike.lasting()).minusNanos(System.nanoTime() - at));
      victim.wake();
    } else {
      town.startAgent();
    }
  }

  private void delay(Strike strike) {
    LinkProxy link = gatewayLinks.get(strike.target() % Town.PAIR);
    long at = System.nanoTime();
    link.strike(new LinkFate.Delay(strike.lasting().dividedBy(10)));
    Waiting.lasting(strike.lasting());
    stage.until(strike.fault(), at, () -> stage.history().hasCommittedSince(at), LIMIT);
    link.strike(new LinkFate.Sound());
  }

  /** A link that nobody used up to the fate's bytes stays as it was; the next fate finds it. */
  private void link(Strike strike, LinkFate fate) {
    int number = stage.gatewayWithAgents(strike.target(), 0);
    List<ChaosAgent> there = stage.agentsAt(number, 0);
    long at = System.nanoTime();
    gatewayLinks.get(number).strike(fate);
    stage.untilWelcome(strike.fault(), there, at, LIMIT);
  }
}
