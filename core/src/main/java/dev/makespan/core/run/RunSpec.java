package dev.makespan.core.run;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run is of; changed by an amendment alone.
 *
 * @param plan with its parameters bound
 * @param simulated agents pretend, gates that need a person or a workspace are green
 * @param speed plan seconds per real second
 * @param weight its share of agents beside other runs: one of weight 2 gets twice as many as one of
 *     weight 1
 */
public record RunSpec(
    RunId id,
    Plan plan,
    int planVersion,
    Map<String, String> parameters,
    boolean simulated,
    double speed,
    int weight,
    Instant createdAt) {

  public static final double MIN_SPEED = 0.001;
  public static final double MAX_SPEED = 1_000_000;
  public static final int MIN_WEIGHT = 1;
  public static final int MAX_WEIGHT = 1_000;

  public RunSpec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      throw new IllegalArgumentException(
          "speed: expected " + MIN_SPEED + " to " + MAX_SPEED + ", was " + speed);
    }
    if (weight < MIN_WEIGHT || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "weight: expected " + MIN_WEIGHT + " to " + MAX_WEIGHT + ", was " + weight);
    }
  }

  /** A run of the usual weight. */
  public RunSpec(
      RunId id,
      Plan plan,
      int planVersion,
      Map<String, String> parameters,
      boolean simulated,
      double speed,
      Instant createdAt) {
    this(id, plan, planVersion, parameters, simulated, speed, MIN_WEIGHT, createdAt);
  }

  /** The same run with another share of the agents. */
  RunSpec withWeight(int weight) {
    return new RunSpec(id, plan, planVersion, parameters, simulated, speed, weight, createdAt);
  }

  /** The same run of another version of its plan. */
  RunSpec amended(Plan plan, int planVersion) {
    return new RunSpec(id, plan, planVersion, parameters, simulated, speed, weight, createdAt);
  }

  /** Whether accepted commits are merged, so that a task is done when its own has landed. */
  public boolean integrates() {
    return plan.workspace() != null && !simulated;
  }

  /** How long {@code planTime} takes in this run. */
  public Duration realTime(Duration planTime) {
    if (speed == 1) {
      return planTime;
    }
    return Duration.ofNanos(Math.round(planTime.toNanos() / speed));
  }
}
