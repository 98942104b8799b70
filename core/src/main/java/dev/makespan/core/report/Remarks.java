package dev.makespan.core.report;

import dev.makespan.core.task.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sentences that draw a person's eye to what matters in a report. */
final class Remarks {

  /** At most so many files are spoken of. */
  private static final int MAX_FILES = 3;

  /** A wait below this part of the makespan is noise of the scheduling itself. */
  private static final double NOISE = 0.001;

  private Remarks() {}

  static List<String> of(
      PlannedFigures figures, RunRecord run, Duration makespan, List<TurnTaking> turns) {
    List<String> remarks = new ArrayList<>();
    if (run.finished()) {
      againstThePlan(figures, makespan, remarks);
    }
    turns.stream()
        .filter(file -> file.waited().toMillis() > NOISE * makespan.toMillis())
        .limit(MAX_FILES)
        .forEach(file -> remarks.add(turnTaking(file)));
    locksAndSlots(figures, remarks);
    setbacks(run, remarks);
    return remarks;
  }

  private static void againstThePlan(
      PlannedFigures figures, Duration makespan, List<String> remarks) {
    if (figures.planned().isZero()) {
      return;
    }
    double ratio = (double) makespan.toMillis() / figures.planned().toMillis();
    remarks.add(
        String.format(
            Locale.ROOT,
            "The run took %s, %s of the planned %s.",
            Spoken.duration(makespan),
            Spoken.percent(ratio),
            Spoken.duration(figures.planned())));
  }

  private static String turnTaking(TurnTaking file) {
    String order =
        file.turns().stream()
            .map(turn -> turn.task().value())
            .collect(Collectors.joining(", then "));
    return file.turns().size()
        + " turns had to be taken at "
        + file.path()
        + ": "
        + order
        + "; ready tasks waited "
        + Spoken.duration(file.waited())
        + " for it in all.";
  }

  private static void locksAndSlots(PlannedFigures figures, List<String> remarks) {
    Duration cost = figures.planned().minus(figures.criticalPath());
    if (cost.isPositive()) {
      remarks.add(
          "Shared files and slots cost "
              + Spoken.duration(cost)
              + " against running side by side: planned "
              + Spoken.duration(figures.planned())
              + ", critical path "
              + Spoken.duration(figures.criticalPath())
              + ".");
    }
  }

  private static void setbacks(RunRecord run, List<String> remarks) {
    addCount(run, Attempt.Outcome.FAILED, "failed in their work", remarks);
    addCount(run, Attempt.Outcome.REJECTED, "were rejected by a gate", remarks);
    addCount(run, Attempt.Outcome.LOST, "were lost with their agent or its lease", remarks);
  }

  private static void addCount(
      RunRecord run, Attempt.Outcome outcome, String what, List<String> remarks) {
    List<String> tasks =
        run.tasks().stream()
            .flatMap(task ->
                task.attempts().stream()
                    .filter(attempt -> attempt.outcome() == outcome)
                    .map(attempt -> task.task().value()))
            .toList();
    if (!tasks.isEmpty()) {
      String names = tasks.stream().distinct().limit(5).collect(Collectors.joining(", "));
      boolean more = tasks.stream().distinct().count() > 5;
      remarks.add(
          "Attempts that "
              + what
              + ": "
              + tasks.size()
              + " ("
              + names
              + (more ? ", …" : "")
              + ").");
    }
  }
}
