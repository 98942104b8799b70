package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Campaign.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Everything at once: strikes that do not wait for each other's end, and that nobody measures. */
final class Storm {

  private final Town town;
  private final Stage stage;
  private final Nemesis nemesis;
  private final List<LinkProxy> gatewayLinks;
  private final List<LinkProxy> plannerLinks;
  private final List<Thread> menders = new ArrayList<>();

  Storm(
      Town town,
      Stage stage,
      Nemesis nemesis,
      List<LinkProxy> gatewayLinks,
      List<LinkProxy> plannerLinks) {
    this.town = town;
    this.stage = stage;
    this.nemesis = nemesis;
    this.gatewayLinks = gatewayLinks;
    this.plannerLinks = plannerLinks;
  }

  /** So long; then nothing is broken any more that can be mended by hand or by a supervisor. */
  int rage(Campaign campaign, Duration lasting) throws InterruptedException {
    long end = System.nanoTime() + lasting.toNanos();
    int strikes = 0;
    while (System.nanoTime() - end < 0) {
      Strike strike = campaign.nextOfStorm();
      Waiting.lasting(strike.rest());
      strike(strike);
      strikes++;
    }
    for (Thread mender : menders) {
      mender.join();
    }
    gatewayLinks.forEach(link -> link.strike(new LinkFate.Sound()));
    plannerLinks.forEach(link -> link.strike(new LinkFate.Sound()));
    town.heal();
    return strikes;
  }

  private void strike(Strike strike) throws InterruptedException {
    int target = strike.target() % Town.PAIR;
    LinkProxy gatewayLink = gatewayLinks.get(target);
    switch (strike.fault()) {
      case SCHEDULER_KILL -> struck(town.schedulers().get(target), TownService::kill, strike);
      case SCHEDULER_STOP -> struck(town.schedulers().get(target), TownService::stop, strike);
      case GATEWAY_KILL -> struck(town.gateways().get(target), TownService::kill, strike);
      case GATEWAY_STOP -> struck(town.gateways().get(target), TownService::stop, strike);
      case PLANNER_KILL -> struck(town.planners().get(target), TownService::kill, strike);
      case PLANNER_STOP -> struck(town.planners().get(target), TownService::stop, strike);
      case AGENT_PROCESS_KILL -> {
        town.agent().kill();
        town.startAgent();
      }
      case AGENT_PROCESS_STOP -> struck(town.agent(), TownService::stop, strike);
      case CLIENT_LINK ->
          plannerLinks.forEach(
              link -> link.strike(new LinkFate.LoseRepliesAfter(1, Duration.ZERO)));
      case AGENT_KILL -> {
        List<ChaosAgent> all = stage.crowd().agents();
        stage.crowd().kill(all.get(strike.target() % all.size()));
        stage.crowd().add(target);
      }
      case AGENT_STOP -> {
        List<ChaosAgent> all = stage.crowd().agents();
        ChaosAgent victim = all.get(strike.target() % all.size());
        agent(ChaosAgent::stop, victim);
        mend(strike, () -> agent(agent -> agent.wake(System.nanoTime()), victim));
      }
      case LINK_DELAY -> {
        gatewayLink.strike(new LinkFate.Delay(strike.lasting().dividedBy(10)));
        mend(strike, () -> gatewayLink.strike(new LinkFate.Sound()));
      }
      case LINK_RESET -> gatewayLink.strike(new LinkFate.ResetAfter(strike.bytes()));
      case LINK_HALF_CLOSE -> gatewayLink.strike(new LinkFate.HalfCloseAfter(strike.bytes()));
      case LINK_LOST_REPLIES ->
          gatewayLink.strike(new LinkFate.LoseRepliesAfter(strike.bytes(), strike.lasting()));
      case BACKENDS_KILL -> nemesis.killBackends();
      case DATABASE_KILL -> {
        town.killDatabase();
        town.startDatabase();
      }
      case DATABASE_STOP, EVERYTHING_KILL ->
          throw new IllegalArgumentException(strike.fault() + " leaves nothing for others");
    }
  }

  private void agent(Consumer<ChaosAgent> deed, ChaosAgent agent) {
    stage
        .crowd()
        .ask(_ -> {
          deed.accept(agent);
          return true;
        });
  }

  private void struck(TownService service, Nemesis.Deed deed, Strike strike) {
    if (service.isAlive()) {
      deed.to(service);
    }
    mend(
        strike,
        () -> {
          if (!service.isAlive()) {
            service.start();
          } else {
            service.wake();
          }
        });
  }

  private void mend(Strike strike, Runnable mending) {
    menders.add(
        Thread.startVirtualThread(() -> {
          Waiting.lasting(strike.lasting());
          mending.run();
        }));
  }
}
