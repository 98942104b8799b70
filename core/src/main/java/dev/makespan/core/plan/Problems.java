package dev.makespan.core.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of one check, each once, no more than their limit. */
final class Problems {

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt((Problem p) -> p.at().line()).thenComparingInt(p -> p.at().column());

  private final Set<Problem> problems = new LinkedHashSet<>();
  private boolean more;
  private boolean errors;

  void error(Position at, String kind, String message) {
    errors = true;
    add(new Problem(Problem.Severity.ERROR, at, kind, Shown.escaped(message)));
  }

  void warning(Position at, String kind, String message) {
    add(new Problem(Problem.Severity.WARNING, at, kind, Shown.escaped(message)));
  }

  void note(Position at, String kind, String message) {
    add(new Problem(Problem.Severity.NOTE, at, kind, Shown.escaped(message)));
  }

  /**
   * {@code ", did you mean 'x'?"} or nothing: also when no more problems are listed, so that a
   * million wrong names cost no million searches.
   */
  String suggestion(String wrong, Collection<String> known) {
    return problems.size() < PlanLimits.MAX_PROBLEMS ? Suggestion.of(wrong, known) : "";
  }

  boolean hasErrors() {
    return errors;
  }

  /** Sorted by place; the last says that there are more, when there are. */
  List<Problem> sorted() {
    List<Problem> sorted = new ArrayList<>(problems);
    sorted.sort(BY_PLACE);
    if (more) {
      Problem.Severity severity = errors ? Problem.Severity.ERROR : Problem.Severity.NOTE;
      String message = "and more: only " + PlanLimits.MAX_PROBLEMS + " problems are listed";
      sorted.add(new Problem(severity, sorted.getLast().at(), "more", message));
    }
    return sorted;
  }

  private void add(Problem problem) {
    if (problems.size() < PlanLimits.MAX_PROBLEMS) {
      problems.add(problem);
    } else if (!more) {
      more = !problems.contains(problem);
    }
  }
}
