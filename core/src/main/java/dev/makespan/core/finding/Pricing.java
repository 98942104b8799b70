package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.change.PlanChanges;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.Search;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /** So many needs are followed in the time that it takes to place a task. */
  private static final int NEEDS_A_TASK = 16;

  private final ChangedPlan.Base base;
  private final Map<Role, Integer> pools;
  private final Search search;
  private final long makespanNow;
  private final Map<List<PlanChange>, Long> known = new LinkedHashMap<>();
  private List<PlanChange> shortestChanges = List.of();
  private @Nullable ChangedPlan shortest;
  private long placed;

  Pricing(ChangedPlan.Base base, Map<Role, Integer> pools, Search search, long makespanNow) {
    this.base = base;
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
    return PlanChanges.findApplied(base.plan(), changes)
        .flatMap(applied -> solve(applied, poolsOf(changes)))
        .map(solved -> remember(changes, solved));
  }

  private Duration remember(List<PlanChange> changes, ChangedPlan solved) {
    known.put(List.copyOf(changes), solved.makespanMillis());
    if (shortest == null || solved.makespanMillis() < shortest.makespanMillis()) {
      shortest = solved;
      shortestChanges = List.copyOf(changes);
    }
    return Duration.ofMillis(solved.makespanMillis());
  }

  /** The plan with these changes; scheduled anew unless they made the shortest schedule so far. */
  ChangedPlan changed(List<PlanChange> changes) {
    if (shortest != null && shortestChanges.equals(changes)) {
      return shortest;
    }
    Plan changed = PlanChanges.apply(base.plan(), changes);
    return ChangedPlan.of(base, changed, poolsOf(changes), search).orElseThrow();
  }

  /** The makespan of another plan in the place of this one; empty: the budget is used up. */
  Optional<Duration> makespanOf(Plan changed) {
    return placed > MAX_PLACED
        ? Optional.empty()
        : solve(changed, pools).map(solved -> Duration.ofMillis(solved.makespanMillis()));
  }

  private Optional<ChangedPlan> solve(Plan changed, Map<Role, Integer> slots) {
    Optional<ChangedPlan> solved = ChangedPlan.of(base, changed, slots, search);
    solved.ifPresent(s -> placed += (s.solution().schedules() + PREPARATION) * sizeOf(s.graph()));
    return solved;
  }

  /** What a schedule of it takes, in tasks that are placed: many needs take time, too. */
  static long sizeOf(TaskGraph graph) {
    return Math.max(1, graph.tasks() + (long) graph.edges() / NEEDS_A_TASK);
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
