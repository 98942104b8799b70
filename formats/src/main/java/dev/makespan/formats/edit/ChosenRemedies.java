package dev.makespan.formats.edit;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.PlanReview;
import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is to be written into a plan file when findings of a review are chosen by their ids. */
public sealed interface ChosenRemedies {

  /** Ids of findings that one message names. */
  int MAX_NAMED = 100;

  /**
   * There is something to write.
   *
   * @param promised how long the schedule takes with it; null: nobody priced these changes together
   */
  record Found(List<PlanChange> changes, @Nullable Duration promised) implements ChosenRemedies {
    public Found {
      changes = List.copyOf(changes);
    }
  }

  /** The review has no such finding, or that one no such remedy. */
  record Unknown(String message) implements ChosenRemedies {}

  /** What is chosen is not for a plan file. */
  record Nothing(String message) implements ChosenRemedies {}

  /** The remedies that win time together. */
  static ChosenRemedies all(PlanReview review) {
    PlanReview.Proposal proposal = review.proposal();
    return proposal.changes().isEmpty()
        ? new Nothing("nothing to apply: no remedy wins time")
        : new Found(proposal.changes(), proposal.analysis().schedule());
  }

  /**
   * A remedy of each finding, in this order.
   *
   * @param kind of remedy; empty: the recommended ones
   */
  static ChosenRemedies of(PlanReview review, List<String> ids, String kind) {
    List<Remedy> chosen = new ArrayList<>();
    for (String id : new LinkedHashSet<>(ids)) {
      Optional<Finding> finding = find(review, id);
      if (finding.isEmpty()) {
        return new Unknown(noSuchFinding(review, id));
      }
      if (finding.get().remedies().isEmpty()) {
        return new Nothing(id + ": nothing can be done in a plan file");
      }
      Optional<Remedy> remedy = find(finding.get(), kind);
      if (remedy.isEmpty()) {
        return new Unknown(noSuchRemedy(finding.get(), kind));
      }
      chosen.add(remedy.get());
    }
    List<PlanChange> changes =
        chosen.stream().flatMap(remedy -> remedy.changes().stream()).toList();
    return changes.isEmpty()
        ? new Nothing("nothing to apply: what these findings propose is not for a plan file")
        : new Found(changes, chosen.size() == 1 ? chosen.getFirst().makespan() : null);
  }

  private static Optional<Finding> find(PlanReview review, String id) {
    return review.findings().stream().filter(finding -> finding.id().equals(id)).findFirst();
  }

  private static Optional<Remedy> find(Finding finding, String kind) {
    return finding.remedies().stream()
        .filter(remedy -> kind.isEmpty() || remedy.kind().equals(kind))
        .findFirst();
  }

  private static String noSuchFinding(PlanReview review, String id) {
    List<String> ids = review.findings().stream().map(Finding::id).toList();
    String named = ids.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
    String more = ids.size() > MAX_NAMED ? " and " + (ids.size() - MAX_NAMED) + " more" : "";
    return "no finding '%s'%s; the plan has: %s%s"
        .formatted(id, Suggestion.of(id, ids), named, more);
  }

  private static String noSuchRemedy(Finding finding, String kind) {
    String kinds = finding.remedies().stream().map(Remedy::kind).collect(Collectors.joining(", "));
    return "%s has no remedy '%s'; it has: %s".formatted(finding.id(), kind, kinds);
  }
}
