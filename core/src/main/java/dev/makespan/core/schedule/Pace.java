package dev.makespan.core.schedule;

import dev.makespan.core.plan.Role;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** How long finished tasks of each role took, as a multiple of what was planned for them. */
public final class Pace {

  /** A few odd tasks don't make all others a hundred times longer. */
  static final double MAX = 10;

  static final double MIN = 0.1;

  private final Map<Role, long[]> sums = new TreeMap<>();

  /** Takes a finished task in; both in plan time. */
  public void add(Role role, Duration planned, Duration took) {
    if (planned.isPositive() && !took.isNegative()) {
      long[] sum = sums.computeIfAbsent(role, _ -> new long[2]);
      sum[0] += planned.toMillis();
      sum[1] += took.toMillis();
    }
  }

  /** 1 when no task of the role has finished yet. */
  public double of(Role role) {
    long[] sum = sums.get(role);
    return sum == null || sum[0] == 0 ? 1 : Math.clamp((double) sum[1] / sum[0], MIN, MAX);
  }

  public Duration scaled(Role role, Duration planned) {
    return Duration.ofMillis(Math.round(planned.toMillis() * of(role)));
  }
}
