package dev.makespan.core.analysis;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader of the figures should not overlook; what is a finding is no remark. */
final class Remarks {

  private Remarks() {}

  static List<String> of(Plan plan, Solution solution) {
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
    if (!FileLocks.areExhaustive(plan)) {
      remarks.add(
          "Too many patterns of files meet to hold all against each other: tasks whose patterns"
              + " were not may share a file and be planned side by side.");
    }
    return remarks;
  }
}
