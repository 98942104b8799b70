package dev.makespan.planner;

import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.RunForecast;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a live run will be done.
 *
 * @param slots that were assumed, by role
 * @param waiting tasks that wait for a person
 */
public record LiveForecast(
    long runId,
    double speed,
    Instant at,
    long seed,
    RunForecast forecast,
    Map<Role, Integer> slots,
    List<TaskId> waiting) {

  public LiveForecast {
    slots = new TreeMap<>(slots);
    waiting = List.copyOf(waiting);
  }

  /** The moment in real time at which so much plan time has passed. */
  public Instant finish(Duration remaining) {
    return at.plusNanos(Math.round(remaining.toMillis() * 1e6 / speed));
  }
}
