package dev.makespan.core.analysis;

import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;

/**
 * Unordered tasks that touch one file, at least one of them writing.
 *
 * @param kind {@link #WRITE_WRITE} when two of them write, {@link #READ_WRITE} otherwise
 * @param turnTakingCost how much longer the schedule is when they take turns
 */
public record Hazard(String path, String kind, List<TaskId> tasks, Duration turnTakingCost) {

  public static final String WRITE_WRITE = "write-write";
  public static final String READ_WRITE = "read-write";

  public Hazard {
    tasks = List.copyOf(tasks);
  }
}
