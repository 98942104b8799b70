package dev.makespan.core.finding;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.change.PlanChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts together the remedies that win time: each is kept when it wins more with the others. */
final class Proposals {

  /** Most remedies that are tried together. */
  static final int MAX_TRIED = 30;

  private Proposals() {}

  /** {@code findings}: the largest gain first. */
  static PlanReview.Proposal of(Scope scope, List<Finding> findings) {
    List<String> applied = new ArrayList<>();
    List<PlanChange> changes = new ArrayList<>();
    Duration best = scope.analysis().schedule();
    List<Finding> tried = findings.stream().filter(Proposals::mayWin).limit(MAX_TRIED).toList();
    for (Finding finding : tried) {
      List<PlanChange> more = new ArrayList<>(changes);
      more.addAll(finding.remedies().getFirst().changes());
      Optional<Duration> makespan = scope.pricing().makespan(more);
      if (makespan.isPresent() && makespan.get().compareTo(best) < 0) {
        best = makespan.get();
        changes = more;
        applied.add(finding.id());
      }
    }
    return new PlanReview.Proposal(applied, analysis(scope, changes), changes);
  }

  /** Agents and resources cost money, and a mere possibility is for people to weigh. */
  private static boolean mayWin(Finding finding) {
    return finding.gain().isPositive()
        && finding.confidence() != Confidence.POSSIBLE
        && finding.kind() != FindingKind.HOT_ROLE
        && finding.kind() != FindingKind.HOT_RESOURCE
        && !finding.remedies().getFirst().changes().isEmpty();
  }

  private static PlanAnalysis analysis(Scope scope, List<PlanChange> changes) {
    return changes.isEmpty() ? scope.analysis() : scope.pricing().changed(changes).analysis(scope);
  }
}
