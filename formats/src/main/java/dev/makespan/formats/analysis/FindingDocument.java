package dev.makespan.formats.analysis;

import static dev.makespan.formats.analysis.AnalysisDocument.seconds;
import static dev.makespan.formats.analysis.AnalysisDocument.secondsOrNull;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.finding.Evidence;
import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.Remedy;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A finding for programs.
 *
 * @param id what {@code makespan apply} is given
 * @param severity low, medium or high
 * @param confidence certain, probable or possible
 * @param gainSeconds of the first remedy; 0 without one
 * @param remedies the recommended one first
 */
public record FindingDocument(
    String id,
    String kind,
    String severity,
    String confidence,
    String title,
    double gainSeconds,
    List<String> tasks,
    List<Proof> evidence,
    List<Cure> remedies) {

  /**
   * What a finding rests on.
   *
   * @param part a path through the plan: {@code tasks/schema/needs/setup}
   * @param task null: the part is none of a task
   * @param line from 1; null: not known
   */
  public record Proof(
      String part,
      @Nullable String task,
      String file,
      @Nullable Integer line,
      @Nullable Integer column,
      String text) {}

  /**
   * What can be done.
   *
   * @param makespanSeconds null: not priced
   * @param gainSeconds negative: it costs time
   * @param rests what it takes for granted; empty: nothing
   */
  public record Cure(
      String kind,
      String title,
      @Nullable Double makespanSeconds,
      double gainSeconds,
      String effort,
      String risk,
      String rests,
      List<Change> changes) {}

  /**
   * A change of the plan.
   *
   * @param task null: what the tasks share is changed
   */
  public record Change(String kind, @Nullable String task, String text) {
    public static Change of(PlanChange change) {
      return new Change(
          ChangeText.kindOf(change), valueOf(ChangeText.taskOf(change)), ChangeText.of(change));
    }
  }

  /**
   * Where parts of a plan stand.
   *
   * @param file as its author knows it
   * @param find empty: not known
   */
  public record Places(String file, Function<PlanPart, Optional<Position>> find) {}

  static FindingDocument of(Finding finding, Places places) {
    return new FindingDocument(
        finding.id(),
        finding.kind().text(),
        Figures.word(finding.severity()),
        Figures.word(finding.confidence()),
        finding.title(),
        seconds(finding.gain()),
        Figures.ids(finding.tasks()),
        finding.evidence().stream().map(evidence -> proof(evidence, places)).toList(),
        finding.remedies().stream().map(FindingDocument::cure).toList());
  }

  private static Proof proof(Evidence evidence, Places places) {
    Optional<Position> at = places.find().apply(evidence.part());
    return new Proof(
        PartText.of(evidence.part()),
        valueOf(PartText.taskOf(evidence.part())),
        places.file(),
        at.map(Position::line).orElse(null),
        at.map(Position::column).orElse(null),
        evidence.text());
  }

  private static Cure cure(Remedy remedy) {
    return new Cure(
        remedy.kind(),
        remedy.title(),
        secondsOrNull(remedy.makespan()),
        seconds(remedy.gain()),
        Figures.word(remedy.effort()),
        Figures.word(remedy.risk()),
        remedy.rests(),
        remedy.changes().stream().map(Change::of).toList());
  }

  private static @Nullable String valueOf(@Nullable TaskId task) {
    return task == null ? null : task.value();
  }
}
