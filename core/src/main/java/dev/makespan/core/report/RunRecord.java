package dev.makespan.core.report;

import java.time.Instant;
import java.util.List;

/**
 * What happened to the tasks of a run, in real time.
 *
 * @param speed plan seconds per real second
 * @param finished whether every task is in a final state
 * @param asOf until when open attempts have lasted
 */
public record RunRecord(double speed, boolean finished, Instant asOf, List<TaskTimes> tasks) {
  public RunRecord {
    tasks = List.copyOf(tasks);
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed: expected a positive number, was " + speed);
    }
  }
}
