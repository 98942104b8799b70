package dev.makespan.core.schedule;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When a plan will be done if durations turn out as uncertain as its estimates say and every agent
 * keeps to the planned order.
 *
 * @param planned the makespan of the schedule that was sampled
 * @param onTime the share of samples that took no longer than {@code planned}, 0 to 1
 * @param mean of all samples
 * @param percentiles P10, P50, P80 and P95 of the finish
 * @param curve the finish of the 0th to the 100th percentile, 101 values
 * @param tasks in the plan's order
 * @param samples how many there were; fewer than asked for when a watch ended it
 */
public record Forecast(
    Duration planned,
    double onTime,
    Duration mean,
    List<Percentile> percentiles,
    List<Duration> curve,
    List<TaskRisk> tasks,
    int samples) {

  /**
   * A finish that {@code percent} of the samples keep.
   *
   * @param low the true percentile is between this and {@code high} with a confidence of 95 %
   */
  public record Percentile(int percent, Duration finish, Duration low, Duration high) {}

  /**
   * What a task does to the finish.
   *
   * @param criticality how often it was on the longest path, 0 to 1
   * @param sensitivity how far the finish goes with its duration, -1 to 1
   */
  public record TaskRisk(double criticality, double sensitivity) {}

  private static final List<Integer> PERCENTS = List.of(10, 50, 80, 95);

  /** Standard deviations to either side that hold 95 % of all draws. */
  private static final double TWO_SIDED_95 = 1.96;

  public Forecast {
    percentiles = List.copyOf(percentiles);
    curve = List.copyOf(curve);
    tasks = List.copyOf(tasks);
  }

  /** Samples the plan's schedule; the same arguments give the same forecast. */
  public static Forecast of(Plan plan, Project project, Schedule schedule, ForecastTerms terms) {
    return of(plan, project, schedule, terms, SearchWatch.NONE);
  }

  /** As above; {@code watch} is asked once a sample, and ends it with the samples so far. */
  public static Forecast of(
      Plan plan, Project project, Schedule schedule, ForecastTerms terms, SearchWatch watch) {
    List<Estimate> estimates = estimates(plan, terms);
    SampledPaths paths = new SampledPaths(project, schedule, estimates, new Draws(plan, terms));
    long[] origins = estimates.stream().mapToLong(e -> e.likely().toMillis()).toArray();
    Sensitivity sensitivity = new Sensitivity(origins);
    long[] finishes = new long[terms.samples()];
    int samples = 0;
    while (samples < finishes.length && (samples == 0 || !watch.isOver())) {
      finishes[samples] = paths.sample(samples);
      sensitivity.add(paths.drawn(), finishes[samples]);
      samples++;
    }
    List<TaskRisk> tasks = new ArrayList<>();
    for (int v = 0; v < estimates.size(); v++) {
      tasks.add(new TaskRisk(paths.criticality(v, samples), sensitivity.of(v)));
    }
    return of(schedule.makespan(), Arrays.copyOf(finishes, samples), tasks);
  }

  /** Whether some task's duration may turn out otherwise than planned. */
  public static boolean isUncertain(Plan plan, ForecastTerms terms) {
    return estimates(plan, terms).stream().anyMatch(e -> !e.optimistic().equals(e.pessimistic()));
  }

  public Duration p10() {
    return percentiles.get(0).finish();
  }

  public Duration p50() {
    return percentiles.get(1).finish();
  }

  public Duration p80() {
    return percentiles.get(2).finish();
  }

  public Duration p95() {
    return percentiles.get(3).finish();
  }

  private static List<Estimate> estimates(Plan plan, ForecastTerms terms) {
    return plan.tasks().stream().map(Task::estimate).map(e -> assumed(e, terms)).toList();
  }

  private static Estimate assumed(Estimate estimate, ForecastTerms terms) {
    if (!estimate.optimistic().equals(estimate.pessimistic())) {
      return estimate;
    }
    double likely = estimate.likely().toMillis();
    return new Estimate(
        Duration.ofMillis(Math.round(likely * terms.assumedBest())),
        estimate.likely(),
        Duration.ofMillis(Math.round(likely * terms.assumedWorst())),
        estimate.size(),
        estimate.assumed());
  }

  private static Forecast of(long planned, long[] finishes, List<TaskRisk> tasks) {
    Arrays.sort(finishes);
    long onTime = Arrays.stream(finishes).filter(finish -> finish <= planned).count();
    double mean = Arrays.stream(finishes).average().orElse(0);
    List<Duration> curve = new ArrayList<>();
    for (int percent = 0; percent <= 100; percent++) {
      curve.add(Duration.ofMillis(finishes[placeOf(percent, finishes.length)]));
    }
    return new Forecast(
        Duration.ofMillis(planned),
        (double) onTime / finishes.length,
        Duration.ofMillis(Math.round(mean)),
        PERCENTS.stream().map(percent -> percentile(percent, finishes)).toList(),
        curve,
        tasks,
        finishes.length);
  }

  private static int placeOf(int percent, int samples) {
    return Math.max(0, (int) Math.ceilDiv((long) samples * percent, 100) - 1);
  }

  /** The interval is one of order statistics, so it asks nothing of the distribution. */
  private static Percentile percentile(int percent, long[] sorted) {
    int samples = sorted.length;
    double part = percent / 100.0;
    double width = TWO_SIDED_95 * Math.sqrt(samples * part * (1 - part));
    int low = (int) Math.floor(samples * part - width) - 1;
    int high = (int) Math.ceil(samples * part + width);
    return new Percentile(
        percent,
        Duration.ofMillis(sorted[placeOf(percent, samples)]),
        Duration.ofMillis(sorted[Math.clamp(low, 0, samples - 1)]),
        Duration.ofMillis(sorted[Math.clamp(high, 0, samples - 1)]));
  }
}
