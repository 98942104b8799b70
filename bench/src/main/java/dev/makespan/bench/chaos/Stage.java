package dev.makespan.bench.chaos;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Who is there to be struck, and to see what comes of it. */
record Stage(
    History history, Watch watch, AgentCrowd crowd, ChaosClient client, Recoveries recoveries) {

  /** Measures until {@code over} holds; a recovery that does not come is a broken promise. */
  void until(Fault fault, long at, BooleanSupplier over, Duration limit) {
    boolean came = Waiting.until(over, limit);
    watch.look(
        Promise.RECOVERS, came, "%s was not over after %d s", fault.option(), limit.toSeconds());
    if (came) {
      recoveries.over(fault, Duration.ofNanos(System.nanoTime() - at));
    }
  }

  /** Whoever is welcome at a gateway and holds at least so much. */
  List<ChaosAgent> agentsAt(int gateway, int holding) {
    return crowd.ask(all ->
        all.stream()
            .filter(agent -> agent.welcomedAt() == gateway && agent.holds() >= holding)
            .toList());
  }

  /** The wanted gateway, or the other one if nobody is there to be hit. */
  int gatewayWithAgents(int wanted, int holding) {
    int number = wanted % Town.PAIR;
    return agentsAt(number, holding).isEmpty() ? (number + 1) % Town.PAIR : number;
  }

  /** Measures until each of these agents has been welcomed again, one by one. */
  void untilWelcome(Fault fault, List<ChaosAgent> agents, long at, Duration limit) {
    boolean came =
        Waiting.until(() -> agents.stream().allMatch(agent -> agent.isWelcomeSince(at)), limit);
    watch.look(
        Promise.RECOVERS,
        came,
        "%s: agents were not welcome again after %d s",
        fault.option(),
        limit.toSeconds());
    agents.stream()
        .filter(agent -> agent.isWelcomeSince(at))
        .forEach(agent -> recoveries.over(fault, Duration.ofNanos(agent.welcomedNanos() - at)));
  }

  /** The newest ownership of each shard that somebody keeps. */
  Map<Integer, Long> newest(JournalTail journal) throws SQLException {
    Map<Integer, Long> newest = new HashMap<>();
    for (String line :
        journal.ask("SELECT id || ' ' || generation FROM scheduler.shard WHERE owner <> ''")) {
      String[] parts = line.split(" ", 2);
      newest.put(Integer.valueOf(parts[0]), Long.valueOf(parts[1]));
    }
    return newest;
  }
}
