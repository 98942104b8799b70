package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a task costs in runs of growing size, and how long the runs take to start. */
final class GrowthFigure {

  /** Small runs are repeated until so many tasks have been done, for a clock of 10 ms. */
  private static final int LEAST_TASKS = 10_000;

  private static final int MAX_RUNS = 20;
  private static final int WARM_UP_TASKS = 50_000;
  static final int START_TASKS = 100_000;

  private final Rig rig;
  private final AgentFleet fleet;
  private final Duration limit;

  GrowthFigure(Rig rig, AgentFleet fleet, Duration limit) {
    this.rig = rig;
    this.fleet = fleet;
    this.limit = limit;
  }

  Readings measure(List<Integer> sizes) throws InterruptedException {
    Readings readings = new Readings("cost per task by size of the run");
    double least = Double.NaN;
    double last = Double.NaN;
    warmUp(sizes);
    for (int size : sizes) {
      List<WorkedRun> runs = new ArrayList<>();
      Optional<String> refusal = runs(size, runs);
      String what = String.format(Locale.ROOT, "%,d tasks", size);
      if (refusal.isPresent()) {
        readings.fact(what, "can't be run: " + refusal.get());
        break;
      }
      last = add(readings, what, runs);
      least = Double.isNaN(least) ? last : least;
    }
    if (least > 0) {
      readings.add(
          Reading.of(
              "growth of CPU per task, last over first",
              "%",
              100 * (last / least - 1),
              Goal.atMost(20, 5)));
    }
    return readings;
  }

  /** So that small runs, which come first, are not charged with the compilers' work. */
  private void warmUp(List<Integer> sizes) throws InterruptedException {
    int largest = sizes.stream().mapToInt(Integer::intValue).max().orElse(1);
    LoadPlan plan = LoadPlan.independent("size-warm-up", Math.min(WARM_UP_TASKS, largest));
    rig.planner()
        .upload(plan)
        .ifPresent(refusal -> {
          throw new IllegalStateException(refusal);
        });
    WorkedRun.of(rig, fleet, plan, limit);
  }

  private Optional<String> runs(int size, List<WorkedRun> runs) throws InterruptedException {
    int done = 0;
    while (done < Math.min(LEAST_TASKS, size * MAX_RUNS)) {
      LoadPlan plan = LoadPlan.independent("size-" + size + "-" + runs.size(), size);
      Optional<String> refusal = rig.planner().upload(plan);
      if (refusal.isPresent()) {
        return refusal;
      }
      try {
        runs.add(WorkedRun.of(rig, fleet, plan, limit));
      } catch (IllegalStateException e) {
        return Optional.of(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
      }
      if (!runs.getLast().isWhole()) {
        return Optional.empty();
      }
      done += size;
    }
    return Optional.empty();
  }

  private static double add(Readings readings, String what, List<WorkedRun> runs) {
    int finished = runs.stream().mapToInt(WorkedRun::finished).sum();
    if (!runs.getLast().isWhole()) {
      readings.fact(what, String.format(Locale.ROOT, "came to %,d in time", finished));
    }
    CpuTimes cpu = runs.stream().map(WorkedRun::cpu).reduce(CpuTimes.NONE, CpuTimes::plus);
    double cost = (double) cpu.suiteMicros() / finished;
    readings.add(Reading.of(what + ", CPU per task", "µs", cost, Goal.NONE));
    cpu.micros()
        .forEach((part, micros) ->
            readings.add(
                Reading.of("  of it " + part, "µs", (double) micros / finished, Goal.NONE)));
    double seconds = runs.stream().mapToDouble(WorkedRun::seconds).sum();
    readings.add(Reading.of(what + ", finished", "tasks/s", finished / seconds, Goal.NONE));
    readings.add(
        Reading.of(
            what + ", call to first assignment",
            "ms",
            ThroughputFigure.values(runs, WorkedRun::startMillis),
            Goal.NONE));
    return cost;
  }

  /** A run of many tasks, from the call to the first assignment. */
  Readings start(int size, int repeat) throws InterruptedException {
    List<WorkedRun> runs = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      LoadPlan plan = LoadPlan.independent("start-" + i, size);
      rig.planner()
          .upload(plan)
          .ifPresent(refusal -> {
            throw new IllegalStateException(refusal);
          });
      runs.add(WorkedRun.of(rig, fleet, plan, Duration.ofSeconds(1)));
    }
    Readings readings = new Readings("start of a run");
    readings.fact("tasks", size);
    Goal goal = size == START_TASKS ? Goal.atMost(5_000, 2_000) : Goal.NONE;
    readings.add(
        Reading.of(
            "call to first assignment",
            "ms",
            ThroughputFigure.values(runs, WorkedRun::startMillis),
            goal));
    readings.add(
        Reading.of(
            "call to answer",
            "ms",
            ThroughputFigure.values(runs, WorkedRun::answerMillis),
            Goal.NONE));
    ThroughputFigure.addCosts(
        readings,
        "CPU to the first assignment per task",
        runs,
        WorkedRun::startCpu,
        WorkedRun::tasks);
    return readings;
  }
}
