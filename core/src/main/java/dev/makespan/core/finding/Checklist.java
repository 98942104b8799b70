package dev.makespan.core.finding;

import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.TreeSet;

/** What to watch, from the plan's risks; those on critical tasks first. */
final class Checklist {

  private Checklist() {}

  static List<PlanReview.Check> of(Scope scope) {
    TreeSet<TaskId> critical = new TreeSet<>(scope.analysis().criticalTasks());
    return scope.plan().risks().stream()
        .map(risk -> check(risk, risk.tasks().stream().anyMatch(critical::contains)))
        .sorted((a, b) -> Boolean.compare(b.critical(), a.critical()))
        .toList();
  }

  private static PlanReview.Check check(Risk risk, boolean critical) {
    String mitigation = risk.mitigation() == null ? "" : "; " + risk.mitigation();
    String fallback = risk.fallback() == null ? "" : "; otherwise: " + risk.fallback();
    return new PlanReview.Check(
        risk.id(), risk.title() + mitigation + fallback, risk.tasks(), critical);
  }
}
