package dev.makespan.core.session;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Work;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that an agent needs to do a task.
 *
 * @param duration planned, in plan time
 * @param speed plan seconds per real second
 * @param simulated the work is pretended
 * @param milestones to report, in plan time after the start
 * @param metrics that gates will look at
 * @param gates that the agent tries and reports, by the gate as text
 * @param previousFailure why the last attempt failed; empty on the first
 */
public record TaskSpec(
    String title,
    Role role,
    Duration duration,
    double speed,
    boolean simulated,
    Work work,
    Map<String, String> env,
    List<FileAccess> files,
    List<Milestone> milestones,
    List<Gate.Metric> metrics,
    List<String> gates,
    List<AssignedRange> ranges,
    String previousFailure,
    TaskSurroundings surroundings) {

  public TaskSpec {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    files = List.copyOf(files);
    milestones = List.copyOf(milestones);
    metrics = List.copyOf(metrics);
    gates = List.copyOf(gates);
    ranges = List.copyOf(ranges);
  }

  /** Of a task that works nowhere in particular. */
  public TaskSpec(
      String title,
      Role role,
      Duration duration,
      double speed,
      boolean simulated,
      Work work,
      Map<String, String> env,
      List<FileAccess> files,
      List<Milestone> milestones,
      List<Gate.Metric> metrics,
      List<String> gates,
      List<AssignedRange> ranges,
      String previousFailure) {
    this(
        title,
        role,
        duration,
        speed,
        simulated,
        work,
        env,
        files,
        milestones,
        metrics,
        gates,
        ranges,
        previousFailure,
        TaskSurroundings.NONE);
  }

  /** Numbers for this task alone, both ends included. */
  public record AssignedRange(String name, long first, long last) {}

  /** How long {@code planTime} takes at this task's speed. */
  public Duration realTime(Duration planTime) {
    return speed == 1 ? planTime : Duration.ofNanos(Math.round(planTime.toNanos() / speed));
  }
}
