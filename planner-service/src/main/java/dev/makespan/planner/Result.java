package dev.makespan.planner;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.Forecast;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a {@link Question} was answered with. */
public sealed interface Result {

  /**
   * See {@link Question.Analysis}.
   *
   * @param places where the parts of the plan that its findings rest on stand in the plan's file
   */
  record Analyzed(PlanAnalysis analysis, PlanReview review, Map<PlanPart, Position> places)
      implements Result {
    public Analyzed {
      places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }
  }

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
