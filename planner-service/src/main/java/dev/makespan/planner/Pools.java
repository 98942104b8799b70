package dev.makespan.planner;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan's pools under a client's wishes. */
public final class Pools {

  /** Slots of one role. */
  static final int MAX_SLOTS = 100_000;

  private Pools() {}

  /** The plan's pools with {@code wishes} put over them. */
  static Answer<Map<Role, Integer>> of(Plan plan, Map<String, Integer> wishes) {
    Map<Role, Integer> pools = new LinkedHashMap<>(plan.pools());
    List<Violation> wrong = new ArrayList<>();
    new TreeMap<>(wishes)
        .forEach((name, slots) -> {
          String field = "pools." + name;
          if (plan.pools().keySet().stream().noneMatch(r -> r.value().equals(name))) {
            wrong.add(Violation.of(field, "expected a role of the plan: " + roles(plan)));
          } else if (slots < 1 || slots > MAX_SLOTS) {
            wrong.add(Violation.of(field, "expected 1 to " + MAX_SLOTS + " slots, was " + slots));
          } else {
            pools.put(new Role(name), slots);
          }
        });
    return wrong.isEmpty() ? Answer.of(pools) : Answer.refused(Refusal.invalid(wrong));
  }

  /** The pools that a complete question names, in the plan's order. */
  public static Map<Role, Integer> over(Plan plan, Question complete) {
    Map<Role, Integer> pools = new LinkedHashMap<>(plan.pools());
    complete.pools().forEach((role, slots) -> pools.put(new Role(role), slots));
    return pools;
  }

  static String roles(Plan plan) {
    return plan.pools().keySet().stream()
        .limit(10)
        .map(Role::value)
        .collect(Collectors.joining(", "));
  }
}
