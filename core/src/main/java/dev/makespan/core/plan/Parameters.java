package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the values of a run's parameters into its plan. */
public final class Parameters {

  private Parameters() {}

  /** What binding says. */
  public sealed interface Binding {}

  /** The plan with every reference replaced. */
  public record Bound(Plan plan) implements Binding {}

  /** What is missing or wrong, one line each, in the order of the plan's parameters. */
  public record Missing(List<String> problems) implements Binding {
    public Missing {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Every parameter gets its value, its default or, when it is not required, no text. Values are
   * text, not looked through for references; paths that they make are checked as paths are.
   */
  public static Binding bind(Plan plan, Map<String, String> values) {
    List<String> problems = new ArrayList<>(unknown(plan, values));
    Map<String, String> bound = new LinkedHashMap<>();
    for (Parameter parameter : plan.parameters()) {
      String value = values.get(parameter.name());
      if (value == null && parameter.required()) {
        problems.add("parameter '%s' is required and has no value".formatted(parameter.name()));
      } else if (value != null) {
        check(parameter, value, problems);
      }
      String otherwise = parameter.defaultValue() == null ? "" : parameter.defaultValue();
      bound.put(parameter.name(), value == null ? otherwise : value);
    }
    if (!problems.isEmpty()) {
      return new Missing(problems);
    }
    return plan.parameters().isEmpty() ? new Bound(plan) : substituted(plan, bound);
  }

  private static List<String> unknown(Plan plan, Map<String, String> values) {
    List<String> known = plan.parameters().stream().map(Parameter::name).toList();
    return values.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .limit(PlanLimits.MAX_PROBLEMS)
        .map(name -> "unknown parameter " + Shown.quoted(name) + Suggestion.of(name, known))
        .toList();
  }

  private static void check(Parameter parameter, String value, List<String> problems) {
    if (value.length() > PlanLimits.MAX_PARAMETER_VALUE) {
      problems.add(
          "parameter '%s': expected at most %d characters, was %d"
              .formatted(parameter.name(), PlanLimits.MAX_PARAMETER_VALUE, value.length()));
    }
    if (Characters.cannotBeStored(value)) {
      problems.add(
          "parameter '%s': expected text without U+0000 and lone surrogates"
              .formatted(parameter.name()));
    }
  }

  private static Binding substituted(Plan plan, Map<String, String> values) {
    Substitution substitution = new Substitution(values);
    Plan bound = substitution.plan(plan);
    return substitution.problems().isEmpty()
        ? new Bound(bound)
        : new Missing(substitution.problems());
  }
}
