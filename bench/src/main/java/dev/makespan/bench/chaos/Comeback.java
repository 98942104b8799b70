package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.ChaosReport.FaultRow;
import java.time.Duration;
import java.util.List;

/** A gateway is killed under many idle streams; each agent comes back in its own time. */
final class Comeback {

  private static final Duration OPENING = Duration.ofMinutes(1);
  private static final String ROLE = "idle";
  private static final double PERCENTILE = 0.99;

  /** What the table of 8-reliability asks of the 99th percentile. */
  private static final double BOUND_SECONDS = 5;

  /** Agents that are begun at once; more would only wait in the gateway. */
  private static final int AT_ONCE = 100;

  private Comeback() {}

  static void measure(Town town, int streams, long seed, ChaosReport report) {
    TownService victim = town.gateways().getFirst();
    try (AgentCrowd crowd =
        new AgentCrowd(
            "idle", ROLE, 1, number -> town.gateways().get(number).port(), new History(), seed)) {
      open(crowd, streams);
      List<ChaosAgent> agents = crowd.agents();
      long at = System.nanoTime();
      victim.kill();
      boolean came =
          Waiting.until(
              () -> agents.stream().allMatch(agent -> agent.isWelcomeSince(at)), Nemesis.LIMIT);
      List<Double> seconds =
          agents.stream()
              .filter(agent -> agent.isWelcomeSince(at))
              .map(agent -> (agent.welcomedNanos() - at) / 1e9)
              .sorted()
              .toList();
      String words =
          "gateway killed with %d streams: each is welcome at another".formatted(streams);
      report.add(new FaultRow(words, 1, BOUND_SECONDS, seconds));
      if (came) {
        double worst = seconds.get((int) Math.ceil(PERCENTILE * seconds.size()) - 1);
        report.fact("p99 of coming back", "%.2f s of %d streams".formatted(worst, streams));
      } else {
        report.broken(
            "%d of %d agents were not back after %d s"
                .formatted(streams - seconds.size(), streams, Nemesis.LIMIT.toSeconds()));
      }
      town.heal();
      town.awaitReady();
    }
  }

  private static void open(AgentCrowd crowd, int streams) {
    for (int begun = 0; begun < streams; ) {
      for (int i = 0; i < AT_ONCE && begun < streams; i++) {
        crowd.add(0);
        begun++;
      }
      if (!Waiting.until(
          () -> crowd.agents().stream().allMatch(agent -> agent.welcomedAt() >= 0), OPENING)) {
        throw new IllegalStateException("idle agents were not welcomed before anything was killed");
      }
    }
  }
}
