package dev.makespan.planner;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.Forecast;
import java.time.Duration;
import java.util.List;

/** What a {@link Question} was answered with. */
public sealed interface Result {

  /** See {@link Question.Analysis}. */
  record Analyzed(PlanAnalysis analysis) implements Result {}

  /**
   * See {@link Question.Schedule}.
   *
   * @param schedules how many were tried
   * @param tasks by start, then in the plan's order
   */
  record Scheduled(
      Duration makespan,
      Duration lowerBound,
      String lowerBoundReason,
      long schedules,
      List<PlannedTask> tasks)
      implements Result {
    public Scheduled {
      tasks = List.copyOf(tasks);
    }

    public boolean isOptimal() {
      return makespan.equals(lowerBound);
    }
  }

  /** See {@link Question.Curve}; {@code roles} were varied. */
  record Drawn(List<Role> roles, AgentCurve curve) implements Result {
    public Drawn {
      roles = List.copyOf(roles);
    }
  }

  /** See {@link Question.Forecast}; {@code tasks} name those of the forecast. */
  record Forecasted(List<TaskId> tasks, Forecast forecast) implements Result {
    public Forecasted {
      tasks = List.copyOf(tasks);
    }
  }
}
