package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import java.util.Map;

/** TODO. */
final class CheckedBinding implements ParameterBinding {
  @Override
  public Answer<Plan> bind(Plan plan, Map<String, String> values) {
    return Answer.of(plan);
  }
}
