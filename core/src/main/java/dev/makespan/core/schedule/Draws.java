package dev.makespan.core.schedule;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The luck of each task in each sample, from 0 (as short as it gets) to 1. A function of seed, name
 * and sample, so that another task in the plan changes nobody's luck and two plans compare. Tasks
 * of one role may be lucky together (a Gaussian copula with one factor a role).
 */
final class Draws {

  private final long[] names;
  private final int[] roles;
  private final long[] roleNames;
  private final double shared;
  private final double own;
  private final double[] factors;

  Draws(Plan plan, ForecastTerms terms) {
    Map<Role, Integer> numbers = new LinkedHashMap<>();
    plan.tasks().forEach(task -> numbers.putIfAbsent(task.role(), numbers.size()));
    this.names =
        plan.tasks().stream().mapToLong(t -> seedOf(terms.seed(), t.id().value())).toArray();
    this.roles = plan.tasks().stream().mapToInt(t -> numberOf(numbers, t.role())).toArray();
    this.roleNames =
        List.copyOf(numbers.keySet()).stream()
            .mapToLong(role -> seedOf(terms.seed(), "role:" + role.value()))
            .toArray();
    this.factors = new double[roleNames.length];
    this.shared = Math.sqrt(terms.roleCorrelation());
    this.own = Math.sqrt(1 - terms.roleCorrelation());
  }

  private static int numberOf(Map<Role, Integer> numbers, Role role) {
    return numbers.getOrDefault(role, 0);
  }

  private static long seedOf(long seed, String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = new RandomStream(hash ^ name.charAt(i)).nextLong();
    }
    return hash;
  }

  /** Asked before the tasks of sample {@code s}. */
  void begin(int s) {
    for (int r = 0; r < factors.length && shared > 0; r++) {
      factors[r] = NormalDistribution.quantile(new RandomStream(roleNames[r] + s).nextDouble());
    }
  }

  /** The luck of task {@code v} in sample {@code s}. */
  double chance(int v, int s) {
    double chance = new RandomStream(names[v] + s).nextDouble();
    return shared == 0
        ? chance
        : NormalDistribution.share(
            shared * factors[roles[v]] + own * NormalDistribution.quantile(chance));
  }
}
