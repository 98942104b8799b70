package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How fast agents that answer at once are kept busy, and what that costs. */
final class ThroughputFigure {

  private final Rig rig;
  private final AgentFleet fleet;
  private final Duration limit;

  ThroughputFigure(Rig rig, AgentFleet fleet, Duration limit) {
    this.rig = rig;
    this.fleet = fleet;
    this.limit = limit;
  }

  /**
   * Runs of one plan each.
   *
   * @param plan by the name that it is to have
   */
  Readings measure(
      String subject, Function<String, LoadPlan> plan, Goal goal, int warmups, int repeat)
      throws InterruptedException {
    List<WorkedRun> runs = new ArrayList<>();
    for (int i = 0; i < warmups + repeat; i++) {
      WorkedRun run = run(plan.apply(subject.replaceAll("[^a-z0-9]+", "-") + "-" + i));
      if (i >= warmups) {
        runs.add(run);
      }
    }
    Readings readings = new Readings(subject);
    readings.fact("of", String.format(Locale.ROOT, "%,d tasks", runs.getFirst().tasks()));
    readings.fact("whole runs", runs.stream().filter(WorkedRun::isWhole).count() + "/" + repeat);
    readings.fact("assigned again", runs.stream().mapToInt(WorkedRun::again).sum());
    readings.add(Reading.of("finished", "tasks/s", values(runs, WorkedRun::perSecond), goal));
    addCosts(readings, runs);
    return readings;
  }

  private WorkedRun run(LoadPlan plan) throws InterruptedException {
    rig.planner()
        .upload(plan)
        .ifPresent(refusal -> {
          throw new IllegalStateException(refusal);
        });
    return WorkedRun.of(rig, fleet, plan, limit);
  }

  static double[] values(List<WorkedRun> runs, ToDoubleFunction<WorkedRun> value) {
    return runs.stream().mapToDouble(value).toArray();
  }

  private static void addCosts(Readings readings, List<WorkedRun> runs) {
    addCosts(readings, "CPU per task", runs, WorkedRun::cpu, WorkedRun::finished);
  }

  /** What each part of the suite has cost, in microseconds per unit. */
  static void addCosts(
      Readings readings,
      String what,
      List<WorkedRun> runs,
      Function<WorkedRun, CpuTimes> cost,
      ToDoubleFunction<WorkedRun> units) {
    for (String part : new TreeSet<>(cost.apply(runs.getFirst()).micros().keySet())) {
      readings.add(
          Reading.of(
              what + ", " + part,
              "µs",
              values(runs, run -> cost.apply(run).of(part) / units.applyAsDouble(run)),
              Goal.NONE));
    }
  }
}
