package dev.makespan.planner;

import dev.makespan.core.plan.Parameters;
import dev.makespan.core.plan.Plan;
import java.util.List;
import java.util.Map;

/** {@link Parameters#bind} as the use cases want it: what is wrong is a refusal. */
final class CheckedBinding implements ParameterBinding {

  @Override
  public Answer<Plan> bind(Plan plan, Map<String, String> values) {
    return switch (Parameters.bind(plan, values)) {
      case Parameters.Bound(Plan bound) -> Answer.of(bound);
      case Parameters.Missing(List<String> problems) ->
          Answer.refused(
              Refusal.invalid(
                  problems.stream().map(problem -> Violation.of("parameters", problem)).toList()));
    };
  }
}
