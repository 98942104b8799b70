package dev.makespan.core.run;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run is of; never changes.
 *
 * @param plan with its parameters bound
 * @param simulated agents pretend, gates that need a person or a workspace are green
 * @param speed plan seconds per real second
 */
public record RunSpec(
    RunId id,
    Plan plan,
    int planVersion,
    Map<String, String> parameters,
    boolean simulated,
    double speed,
    Instant createdAt) {

  public static final double MIN_SPEED = 0.001;
  public static final double MAX_SPEED = 1_000_000;

  public RunSpec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      throw new IllegalArgumentException(
          "speed: expected " + MIN_SPEED + " to " + MAX_SPEED + ", was " + speed);
    }
  }

  /** How long {@code planTime} takes in this run. */
  public Duration realTime(Duration planTime) {
    if (speed == 1) {
      return planTime;
    }
    return Duration.ofNanos(Math.round(planTime.toNanos() / speed));
  }
}
