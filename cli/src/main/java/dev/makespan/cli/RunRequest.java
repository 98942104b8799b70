package dev.makespan.cli;

import dev.makespan.core.plan.Parameter;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Problem;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of a run, checked on this side before anything is started or stored. */
record RunRequest(
    PlanFile file,
    Plan plan,
    Map<Role, Integer> pools,
    Map<String, String> parameters,
    boolean simulate,
    double speed,
    int weight,
    boolean acceptWarnings) {

  static final double MIN_SPEED = 0.001;
  static final double MAX_SPEED = 1_000_000;
  static final int MAX_WEIGHT = 1_000;

  /** Refuses with everything that is wrong. */
  static RunRequest of(
      PlanFile file,
      PoolsOption agents,
      Map<String, String> parameters,
      boolean simulate,
      double speed,
      int weight,
      boolean acceptWarnings)
      throws Failure {
    Plan plan = AnalyzeCommand.accepted(file);
    List<String> problems = new ArrayList<>(parameterProblems(plan, parameters));
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      problems.add("--speed: expected 0.001 to 1000000, was " + speed);
    }
    if (weight < 1 || weight > MAX_WEIGHT) {
      problems.add("--weight: expected 1 to " + MAX_WEIGHT + ", was " + weight);
    }
    if (!simulate && (speed != 1 || !agents.agents.isEmpty())) {
      problems.add("--speed and --agents go with --simulate only");
    }
    if (file.count(Problem.Severity.WARNING) > 0 && !acceptWarnings) {
      problems.add(
          "%s: %s; look at them, then add --accept-warnings%n%s"
              .formatted(file.name(), file.verdict(), file.problemLines().stripTrailing()));
    }
    if (!problems.isEmpty()) {
      throw Failure.badInput(String.join("\n", problems));
    }
    return new RunRequest(
        file,
        plan,
        agents.over(plan),
        new LinkedHashMap<>(parameters),
        simulate,
        speed,
        weight,
        acceptWarnings);
  }

  private static List<String> parameterProblems(Plan plan, Map<String, String> given) {
    List<String> problems = new ArrayList<>();
    Set<String> known = plan.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    for (Parameter parameter : plan.parameters()) {
      boolean missing =
          parameter.required()
              && parameter.defaultValue() == null
              && !given.containsKey(parameter.name());
      if (missing) {
        problems.add(
            "the plan needs --param %s=… (%s)".formatted(parameter.name(), parameter.title()));
      }
    }
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            "--param %s: the plan has no such parameter; it has %s"
                .formatted(name, plan.parameters().stream().map(Parameter::name).toList()));
      }
    }
    return problems;
  }
}
