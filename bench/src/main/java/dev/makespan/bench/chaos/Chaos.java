package dev.makespan.bench.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A campaign from the first start to the last look. */
final class Chaos {

  static final int INFRA_LIMIT = 10;
  private static final int PLANS = 12;
  private static final int TASKS = 36;
  private static final int PROXY_OFFSET = 40;
  private static final Duration STATUS = Duration.ofSeconds(1);
  private static final Duration CONVERGENCE = Duration.ofMinutes(2);
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private final Town town;
  private final ChaosOptions options;
  private final List<Fault> kinds;
  private final Consumer<String> narrator;
  private final ChaosReport report = new ChaosReport();
  private final History history = new History();
  private final Map<String, PlanModel> plans = new LinkedHashMap<>();

  Chaos(Town town, ChaosOptions options, List<Fault> kinds, Consumer<String> narrator) {
    this.town = town;
    this.options = options;
    this.kinds = kinds;
    this.narrator = narrator;
    for (int i = 0; i < PLANS; i++) {
      PlanModel plan = PlanModel.of("chaos-" + i, TASKS, options.seed + i);
      plans.put(plan.name(), plan);
    }
  }

  static Town.Settings settings(ChaosOptions options) {
    return new Town.Settings(options.shards, options.lease(), STATUS, INFRA_LIMIT, options.heapMib);
  }

  ChaosReport run() throws InterruptedException, SQLException {
    List<LinkProxy> gatewayLinks = proxies(town.gateways(), PROXY_OFFSET);
    List<LinkProxy> plannerLinks = proxies(town.planners(), PROXY_OFFSET + Town.PAIR);
    Watch watch = new Watch(town, history, plans::get, INFRA_LIMIT);
    try (AgentCrowd crowd =
            new AgentCrowd(
                "agent",
                PlanModel.ROLE,
                options.slots,
                gateway -> gatewayLinks.get(gateway).port(),
                history,
                options.seed);
        ChaosClient client =
            new ChaosClient(
                plannerLinks.stream().map(LinkProxy::port).toList(),
                List.copyOf(plans.keySet()),
                options.runs,
                watch::isFinished,
                history,
                options.seed);
        JournalTail journal = new JournalTail(town.databaseUrl())) {
      Stage stage = new Stage(history, watch, crowd, client, new Recoveries());
      AgentStrikes agents =
          new AgentStrikes(town, stage, gatewayLinks, plannerLinks, options.lease());
      Nemesis nemesis = new Nemesis(town, stage, agents, journal);
      Storm storm = new Storm(town, stage, nemesis, gatewayLinks, plannerLinks);
      campaign(stage, nemesis, storm);
      converge(stage);
      tell(stage);
    } finally {
      watch.close();
      gatewayLinks.forEach(LinkProxy::close);
      plannerLinks.forEach(LinkProxy::close);
    }
    if (options.streams > 0) {
      narrator.accept("a gateway with " + options.streams + " streams is killed");
      Comeback.measure(town, options.streams, options.seed, report);
    }
    if (options.flood > 0) {
      narrator.accept("a flood of " + options.flood + " messages");
      new Floods(town, options.flood, report).measure();
    }
    return report;
  }

  private List<LinkProxy> proxies(List<TownService> services, int offset) {
    List<LinkProxy> proxies = new ArrayList<>();
    for (TownService service : services) {
      proxies.add(new LinkProxy(options.portBase + offset + proxies.size(), service.port()));
    }
    return proxies;
  }

  private void campaign(Stage stage, Nemesis nemesis, Storm storm) throws InterruptedException {
    plans.values().forEach(stage.client()::upload);
    for (int i = 0; i < options.agents; i++) {
      stage.crowd().add(i % Town.PAIR);
    }
    town.agent().start();
    Thread.startVirtualThread(stage.watch()::run);
    Thread.startVirtualThread(stage.watch()::count);
    Thread client = Thread.startVirtualThread(stage.client()::run);
    stage
        .watch()
        .look(
            Promise.RECOVERS,
            Waiting.until(() -> stage.history().hasCommittedSince(0), Nemesis.LIMIT),
            "nothing is done although nothing has failed yet");
    Waiting.lasting(WARM_UP);
    Campaign campaign = new Campaign(options.seed, kinds);
    long end = System.nanoTime() + Duration.ofSeconds(options.seconds).toNanos();
    for (int struck = 0; goesOn(struck, end); struck++) {
      Campaign.Strike strike = campaign.next();
      Waiting.lasting(strike.rest());
      narrator.accept(strike.fault().option());
      nemesis.strike(strike, Duration.ofSeconds(options.outage));
    }
    if (options.storm > 0) {
      narrator.accept("storm");
      int strikes = storm.rage(campaign, Duration.ofSeconds(options.storm));
      report.fact("storm", strikes + " overlapping faults in " + options.storm + " s");
    }
    stage.client().stop();
    client.join();
  }

  /** By rounds a slow machine strikes as much as a fast one, and only later. */
  private boolean goesOn(int struck, long end) {
    return options.rounds > 0
        ? struck < options.rounds * kinds.size()
        : System.nanoTime() - end < 0;
  }

  /** Nothing is broken any more: everything that was begun ends. */
  private void converge(Stage stage) throws InterruptedException {
    narrator.accept("nothing more is broken");
    town.heal();
    long at = System.nanoTime();
    town.awaitReady();
    boolean ended = Waiting.until(() -> stage.watch().liveRuns().isEmpty(), CONVERGENCE);
    stage
        .watch()
        .look(
            Promise.EVERY_RUN_ENDS,
            ended,
            "these had not ended %d s after the last fault: %s",
            CONVERGENCE.toSeconds(),
            stage.watch().liveRuns());
    report.fact(
        "all runs ended",
        ended
            ? Math.round((System.nanoTime() - at) / 1e8) / 10.0 + " s after the last fault"
            : "no");
  }

  private void tell(Stage stage) throws SQLException {
    Watch watch = stage.watch();
    boolean looked = Waiting.until(watch::look, Nemesis.LIMIT);
    watch.look(Promise.RECOVERS, looked, "the database can't be read in the end");
    report.add(stage.recoveries(), kinds, options.lease());
    report.add(watch.evidence());
    report.broken(watch.recount());
    report.fact("runs", watch.runs());
    long refused = watch.counters().refusedWrites();
    long retried = watch.counters().retriedWrites();
    report.seen("faults", stage.recoveries().strikes());
    report.seen("writes of a replaced scheduler, refused", refused);
    report.seen("commits of unknown outcome, written again", retried);
    history.counts().forEach(report::seen);
    history.troubles().forEach(trouble -> report.fact("trouble", trouble));
    long refusals =
        refused
            + retried
            + history.counted("results SUPERSEDED")
            + history.counted("results DUPLICATE")
            + history.counted("calls of unknown outcome or refused for now");
    if (stage.recoveries().strikes() == 0 || refusals == 0) {
      report.broken(
          "no power: %d faults, %d refusals and unknown outcomes were seen, so that zeros say nothing"
              .formatted(stage.recoveries().strikes(), refusals));
    }
  }
}
