package dev.makespan.bench.dispatch;

import dev.makespan.bench.dispatch.Reading.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What a task costs in runs of growing size, and how long the runs take to start. A run costs what
 * all processes of the suite have used from the call to the last acknowledgement, the compilers
 * aside.
 *
 * <p>Sizes are measured upwards and, but for the largest, downwards again: were the code not warm
 * on the way up, the way down would be cheaper. The largest is held against the cheapest of the
 * others, so that a small run that was dear hides no growth.
 */
final class GrowthFigure {

  /** Small runs are repeated until so many tasks have been done, for a clock of 10 ms. */
  private static final int LEAST_TASKS = 20_000;

  private static final int MAX_RUNS = 20;
  private static final int WARM_UP_TASKS = 100_000;
  static final int START_TASKS = 100_000;

  private final Rig rig;
  private final AgentFleet fleet;
  private final Duration limit;
  private int plans;

  GrowthFigure(Rig rig, AgentFleet fleet, Duration limit) {
    this.rig = rig;
    this.fleet = fleet;
    this.limit = limit;
  }

  /** Runs of one size, one after the other. */
  private record Block(List<WorkedRun> runs) {

    int finished() {
      return runs.stream().mapToInt(WorkedRun::finished).sum();
    }

    boolean isWhole() {
      return runs.getLast().isWhole();
    }

    CpuTimes cpu() {
      return runs.stream()
          .map(run -> run.startCpu().plus(run.cpu()))
          .reduce(CpuTimes.NONE, CpuTimes::plus);
    }

    double micros() {
      return (double) cpu().suiteMicros() / finished();
    }

    double workingMicros() {
      return runs.stream().mapToDouble(run -> run.cpu().suiteMicros()).sum() / finished();
    }

    double perSecond() {
      return finished() / runs.stream().mapToDouble(WorkedRun::seconds).sum();
    }
  }

  Readings measure(List<Integer> wanted) throws InterruptedException {
    Readings readings = new Readings("cost per task by size of the run");
    List<Integer> sizes = wanted.stream().sorted().distinct().toList();
    warmUp(sizes);
    SortedMap<Integer, List<Block>> blocks = new TreeMap<>();
    for (int size : thereAndBack(sizes)) {
      try {
        blocks.computeIfAbsent(size, _ -> new ArrayList<>()).add(block(size));
      } catch (IllegalStateException e) {
        readings.fact(
            tasks(size),
            "can't be run: " + e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
        blocks.remove(size);
        break;
      }
    }
    blocks.forEach((size, of) -> add(readings, tasks(size), of));
    if (blocks.size() > 1) {
      addGrowth(readings, blocks, blocks.size() == sizes.size());
    }
    return readings;
  }

  static List<Integer> thereAndBack(List<Integer> sizes) {
    List<Integer> all = new ArrayList<>(sizes);
    all.addAll(sizes.subList(0, sizes.size() - 1).reversed());
    return all;
  }

  /** So that what is measured first is not charged with interpreted code. */
  private void warmUp(List<Integer> sizes) throws InterruptedException {
    block(Math.min(WARM_UP_TASKS, sizes.getLast()));
    block(sizes.getFirst());
  }

  private Block block(int size) throws InterruptedException {
    List<WorkedRun> runs = new ArrayList<>();
    int done = 0;
    while (done < Math.min(LEAST_TASKS, size * MAX_RUNS)) {
      LoadPlan plan = LoadPlan.independent("size-" + size + "-" + plans++, size);
      upload(plan);
      runs.add(WorkedRun.of(rig, fleet, plan, limit));
      if (!runs.getLast().isWhole()) {
        break;
      }
      done += size;
    }
    return new Block(runs);
  }

  private void upload(LoadPlan plan) {
    rig.planner()
        .upload(plan)
        .ifPresent(refusal -> {
          throw new IllegalStateException(refusal);
        });
  }

  private static String tasks(int size) {
    return String.format(Locale.ROOT, "%,d tasks", size);
  }

  private static void add(Readings readings, String what, List<Block> blocks) {
    if (!blocks.stream().allMatch(Block::isWhole)) {
      int finished = blocks.stream().mapToInt(Block::finished).min().orElseThrow();
      readings.fact(what, String.format(Locale.ROOT, "came to %,d in time", finished));
    }
    add(readings, what + ", CPU per task", "µs", blocks, Block::micros);
    add(readings, "  of it after the first assignment", "µs", blocks, Block::workingMicros);
    for (String part : blocks.getFirst().cpu().micros().keySet()) {
      add(
          readings,
          (part.equals(Rig.BENCH) || part.equals(CpuTimes.COMPILERS) ? "  beside it " : "  of it ")
              + part,
          "µs",
          blocks,
          block -> block.cpu().of(part) / block.finished());
    }
    add(readings, what + ", finished", "tasks/s", blocks, Block::perSecond);
    readings.add(
        Reading.of(
            what + ", call to first assignment",
            "ms",
            blocks.stream()
                .flatMap(block -> block.runs().stream())
                .mapToDouble(WorkedRun::startMillis)
                .toArray(),
            Goal.NONE));
  }

  private static void add(
      Readings readings,
      String name,
      String unit,
      List<Block> blocks,
      ToDoubleFunction<Block> value) {
    double[] values = blocks.stream().mapToDouble(value).toArray();
    readings.add(Reading.of(name, unit, values, Goal.NONE));
  }

  /** Part of a run, or fewer sizes than were wanted, reach no goal. */
  private static void addGrowth(
      Readings readings, SortedMap<Integer, List<Block>> blocks, boolean isComplete) {
    boolean whole = blocks.values().stream().flatMap(List::stream).allMatch(Block::isWhole);
    Goal goal = isComplete && whole ? Goal.atMost(20, 5) : Goal.NONE;
    readings.add(
        Reading.of("growth of CPU per task", "%", growth(costs(blocks, Block::micros)), goal));
    readings.add(
        Reading.of(
            "  of it after the first assignment",
            "%",
            growth(costs(blocks, Block::workingMicros)),
            Goal.NONE));
  }

  private static List<Double> costs(
      SortedMap<Integer, List<Block>> blocks, ToDoubleFunction<Block> cost) {
    return blocks.values().stream()
        .map(of -> of.stream().mapToDouble(cost).min().orElseThrow())
        .toList();
  }

  /** Of the last over the least of those before it, in percent; {@code costs}: two or more. */
  static double growth(List<Double> costs) {
    double least =
        costs.subList(0, costs.size() - 1).stream()
            .mapToDouble(Double::doubleValue)
            .min()
            .orElseThrow();
    return 100 * (costs.getLast() / least - 1);
  }

  /** A run of many tasks, from the call to the first assignment. */
  Readings start(int size, int repeat) throws InterruptedException {
    List<WorkedRun> runs = new ArrayList<>();
    for (int i = 0; i < repeat; i++) {
      LoadPlan plan = LoadPlan.independent("start-" + i, size);
      upload(plan);
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
