package dev.makespan.cli;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How many agents of each role there are. */
final class PoolsOption {

  /** Most agents of one role that a command starts or assumes. */
  static final int MAX_AGENTS = 1_000;

  @Option(
      names = "--agents",
      paramLabel = "ROLE=N",
      split = ",",
      description =
          "Agents of each role, such as backend=4,frontend=2 (default: the plan's pools).")
  Map<String, String> agents = new LinkedHashMap<>();

  /** The plan's pools with what was asked for instead. */
  Map<Role, Integer> over(Plan plan) throws Failure {
    Map<Role, Integer> pools = new LinkedHashMap<>(plan.pools());
    for (Map.Entry<String, String> asked : agents.entrySet()) {
      Role role = known(plan, "--agents", asked.getKey());
      pools.put(role, number(role, asked.getValue()));
    }
    return pools;
  }

  /** The plan's role of this name. */
  static Role known(Plan plan, String option, String text) throws Failure {
    Role role;
    try {
      role = new Role(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCodes.BAD_INPUT, option + ": " + e.getMessage(), e);
    }
    if (!plan.pools().containsKey(role)) {
      throw Failure.badInput(
          "%s: the plan has no role '%s'; it has %s"
              .formatted(option, role, plan.pools().keySet()));
    }
    return role;
  }

  private static int number(Role role, String text) throws Failure {
    if (text.matches("[0-9]{1,4}")) {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= MAX_AGENTS) {
        return number;
      }
    }
    throw Failure.badInput(
        "--agents: expected 1 to %d agents of role %s, was '%s'".formatted(MAX_AGENTS, role, text));
  }
}
