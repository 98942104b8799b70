package dev.makespan.core.schedule;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Plan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * When a plan will be done if durations turn out as uncertain as its estimates say and every agent
 * keeps to the planned order.
 *
 * @param criticality per task, in the plan's order, how often it was on the longest path, 0 to 1
 */
public record Forecast(
    Duration p10, Duration p50, Duration p80, Duration p95, List<Double> criticality) {

  /** Samples that are plenty for two digits of a percentile. */
  public static final int DEFAULT_SAMPLES = 10_000;

  /** Most samples of one forecast. */
  public static final int MAX_SAMPLES = 1_000_000;

  public Forecast {
    criticality = List.copyOf(criticality);
  }

  /**
   * Samples the plan's schedule. The same seed draws the same for a task whatever else the plan
   * holds, so that two plans compare.
   */
  public static Forecast of(Plan plan, Project project, Schedule schedule, long seed, int samples) {
    if (samples < 1 || samples > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "samples: expected 1 to " + MAX_SAMPLES + ", was " + samples);
    }
    List<Estimate> estimates = plan.tasks().stream().map(task -> task.estimate()).toList();
    long[] names =
        plan.tasks().stream().mapToLong(task -> nameSeed(seed, task.id().value())).toArray();
    SampledPaths paths = new SampledPaths(project, schedule, estimates, names);
    long[] finishes = new long[samples];
    for (int s = 0; s < samples; s++) {
      finishes[s] = paths.sample(s);
    }
    Arrays.sort(finishes);
    return new Forecast(
        percentile(finishes, 10),
        percentile(finishes, 50),
        percentile(finishes, 80),
        percentile(finishes, 95),
        paths.criticality(samples));
  }

  private static long nameSeed(long seed, String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = new RandomStream(hash ^ name.charAt(i)).nextLong();
    }
    return hash;
  }

  private static Duration percentile(long[] sorted, int percent) {
    int place = (int) Math.ceilDiv((long) sorted.length * percent, 100) - 1;
    return Duration.ofMillis(sorted[Math.max(0, place)]);
  }
}
