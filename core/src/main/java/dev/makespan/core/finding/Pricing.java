package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.PlanCheck;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solution;
import dev.makespan.core.schedule.Solver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What changes win or cost, by scheduling the changed plan with the same search. Bounded: about
 * {@value #MAX_PLACED} tasks are placed for all prices of a plan together. Each price is
 * remembered, and counts once.
 */
public final class Pricing {

  /** About so many tasks are placed for all prices of one plan. */
  static final long MAX_PLACED = 20_000_000;

  /** What it takes to order a changed plan and its files, in schedules of it. */
  private static final int PREPARATION = 100;

  private final Plan plan;
  private final Map<Role, Integer> pools;
  private final Search search;
  private final long makespanNow;
  private final Map<List<PlanChange>, Long> known = new LinkedHashMap<>();
  private long placed;

  Pricing(Plan plan, Map<Role, Integer> pools, Search search, long makespanNow) {
    this.plan = plan;
    this.pools = pools;
    this.search = search;
    this.makespanNow = makespanNow;
  }

  /**
   * The makespan with these changes; empty: the budget is used up, or the changes do not fit or
   * close a cycle.
   */
  public Optional<Duration> makespan(List<PlanChange> changes) {
    Long remembered = known.get(changes);
    if (remembered != null) {
      return Optional.of(Duration.ofMillis(remembered));
    }
    if (placed > MAX_PLACED) {
      return Optional.empty();
    }
    Optional<Plan> changed =
        PlanChanges.findApplied(plan, changes).filter(p -> PlanCheck.cyclesOf(p).isEmpty());
    return changed.map(applied -> {
      long makespan = solve(applied, poolsOf(changes));
      known.put(List.copyOf(changes), makespan);
      return Duration.ofMillis(makespan);
    });
  }

  /** The makespan of another plan in the place of this one; empty: the budget is used up. */
  Optional<Duration> makespanOf(Plan changed) {
    return placed > MAX_PLACED
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(solve(changed, pools)));
  }

  private long solve(Plan changed, Map<Role, Integer> slots) {
    Solution solution = Solver.solve(Project.of(changed, slots), search);
    placed += (solution.schedules() + PREPARATION) * changed.tasks().size();
    return solution.schedule().makespan();
  }

  /** How much shorter than now that makespan is; negative: longer. */
  public Duration gain(Duration makespan) {
    return Duration.ofMillis(makespanNow).minus(makespan);
  }

  /** A pool that the changes set counts more than what was asked for. */
  Map<Role, Integer> poolsOf(List<PlanChange> changes) {
    Map<Role, Integer> slots = new LinkedHashMap<>(pools);
    for (PlanChange change : changes) {
      if (change instanceof PlanChange.SetPool set) {
        slots.put(set.role(), set.slots());
      }
    }
    return slots;
  }
}
