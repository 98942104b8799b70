package dev.makespan.core.finding;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes the remedies of one kind of finding, the first of them priced: larger plans have fewer
 * prices, so that a review of any plan ends soon.
 */
final class Pricer {

  /** Most prices of one kind of finding in a plan. */
  static final int MAX_PRICED = 20;

  /** Most findings of one kind in a plan. */
  static final int MAX_FOUND = 100;

  private static final int TASKS_FOR_PRICES = 500_000;
  private static final int TASKS_FOR_FINDINGS = 2_000_000;
  private static final int SEVERE_PERCENT = 10;

  private final Scope scope;
  private int left;

  Pricer(Scope scope) {
    this.scope = scope;
    this.left = Math.clamp(TASKS_FOR_PRICES / Pricing.sizeOf(scope.graph()), 2, MAX_PRICED);
  }

  /** How many findings of one kind are worked out; each takes about a pass over the plan. */
  static int affordable(Scope scope) {
    return Math.clamp(TASKS_FOR_FINDINGS / Pricing.sizeOf(scope.graph()), MAX_PRICED, MAX_FOUND);
  }

  boolean isUsedUp() {
    return left == 0;
  }

  /** The makespan with these changes; empty: it can't be told, or prices are used up. */
  Optional<Duration> makespan(List<PlanChange> changes) {
    if (left == 0) {
      return Optional.empty();
    }
    left--;
    return scope.pricing().makespan(changes);
  }

  Remedy remedy(
      String kind, String title, Level effort, Level risk, String rests, List<PlanChange> changes) {
    Optional<Duration> makespan = makespan(changes);
    return makespan
        .map(priced -> remedy(kind, title, priced, effort, risk, rests, changes))
        .orElseGet(() ->
            new Remedy(
                kind,
                title,
                null,
                Duration.ZERO,
                effort,
                risk,
                joined("It is not priced: the plan has more to price than is done.", rests),
                changes));
  }

  Remedy remedy(
      String kind,
      String title,
      Duration makespan,
      Level effort,
      Level risk,
      String rests,
      List<PlanChange> changes) {
    Duration gain = scope.pricing().gain(makespan);
    return new Remedy(kind, title, makespan, gain, effort, risk, rests, changes);
  }

  static String joined(String first, String then) {
    return then.isEmpty() ? first : first + " " + then;
  }

  /** By what the finding's remedy wins: a tenth of the schedule is much. */
  Level severity(Duration gain) {
    if (!gain.isPositive()) {
      return Level.LOW;
    }
    return gain.toMillis() >= scope.makespanMillis() * SEVERE_PERCENT / 100
        ? Level.HIGH
        : Level.MEDIUM;
  }
}
