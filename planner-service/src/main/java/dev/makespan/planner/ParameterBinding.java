package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.Map;

/** Puts the values of a run's parameters into its plan. */
@FunctionalInterface
public interface ParameterBinding {

  /** The plan with nothing open, or what is wrong with the values. */
  Answer<Plan> bind(Plan plan, Map<String, String> values);
}
