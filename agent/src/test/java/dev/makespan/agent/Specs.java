package dev.makespan.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tasks of tests. */
final class Specs {

  private Specs() {}

  static TaskRef ref(long fence) {
    return new TaskRef(new RunId(1), new TaskId("build"), fence);
  }

  static GatewaySays.Assign assign(long fence, TaskSpec spec) {
    return new GatewaySays.Assign(ref(fence), 1, Duration.ofSeconds(30), null, spec);
  }

  /** With two milestones, at a quarter and at half of its duration, declared in the other order. */
  static TaskSpec spec(Duration duration, double speed) {
    return new TaskSpec(
        "Build",
        new Role("backend"),
        duration,
        speed,
        true,
        new Work.AgentsDefault(),
        Map.of(),
        List.of(
            new FileAccess(new FilePattern("docs/a.md"), FileMode.READ),
            new FileAccess(new FilePattern("src/a.rs"), FileMode.WRITE),
            new FileAccess(new FilePattern("src/**"), FileMode.REGENERATE),
            new FileAccess(new FilePattern("CHANGELOG"), FileMode.APPEND)),
        List.of(
            new Milestone(new MilestoneId("half"), "", duration.dividedBy(2)),
            new Milestone(new MilestoneId("quarter"), "", duration.dividedBy(4))),
        List.of(
            new Gate.Metric("coverage", 80.0, null),
            new Gate.Metric("latency", null, 20.0),
            new Gate.Metric("ratio", 0.25, 0.75)),
        List.of("run: make check"),
        List.of(),
        "");
  }
}
