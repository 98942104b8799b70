package dev.makespan.core.analysis;

import dev.makespan.core.graph.ImpliedNeeds;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a reader of the figures should not overlook. */
final class Remarks {

  private static final double SERIAL_SHARE = 0.6;
  private static final int MAX_NAMED = 10;

  private Remarks() {}

  static List<String> of(Plan plan, long criticalPath, Solution solution, List<Hazard> hazards) {
    List<String> remarks = new ArrayList<>();
    long schedule = solution.schedule().makespan();
    long bound = solution.bound().value();
    long sequential = plan.tasks().stream().mapToLong(t -> t.duration().toMillis()).sum();
    if (schedule == sequential && plan.tasks().size() > 1) {
      remarks.add("Nothing of this plan runs side by side: one agent is as fast as many.");
    }
    if (solution.isOptimal()) {
      remarks.add("No schedule is shorter: it meets the lower bound.");
    } else if (bound > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "The schedule is at most %.1f %% longer than the shortest.",
              100.0 * (schedule - bound) / bound));
    }
    if (criticalPath > SERIAL_SHARE * sequential && plan.tasks().size() > 1) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "The critical path is %.0f %% of all work: more agents win little until it is cut.",
              100.0 * criticalPath / sequential));
    }
    for (Hazard hazard : hazards) {
      if (hazard.turnTakingCost().isPositive()) {
        remarks.add(
            "Taking turns on %s costs %s."
                .formatted(hazard.path(), PlanTime.text(hazard.turnTakingCost())));
      }
    }
    addOwnership(plan, remarks);
    return remarks;
  }

  /** Leaving such needs out wins nothing, and is said to. */
  static Optional<String> ofImplied(Plan plan, ImpliedNeeds implied) {
    List<String> named = new ArrayList<>();
    int count = 0;
    for (int[] need : implied.pairs()) {
      if (need[0] < plan.tasks().size() && need[1] < plan.tasks().size()) {
        count++;
        if (named.size() < MAX_NAMED) {
          named.add(plan.tasks().get(need[1]).id() + " on " + plan.tasks().get(need[0]).id());
        }
      }
    }
    return count == 0
        ? Optional.empty()
        : Optional.of(
            "Needs that others imply, so that leaving them out wins nothing: %s%s."
                .formatted(
                    String.join(", ", named),
                    count > MAX_NAMED ? " and " + (count - MAX_NAMED) + " more" : ""));
  }

  private static void addOwnership(Plan plan, List<String> remarks) {
    for (Ownership.Breach breach : Ownership.breaches(plan)) {
      remarks.add(
          "%s writes %s, which only %s may write."
              .formatted(breach.writer(), breach.path(), breach.owner()));
    }
  }
}
