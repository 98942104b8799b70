package dev.makespan.planner;

import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Problem;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads plan files, and says what is wrong with them. */
final class PlanFiles {

  private final Function<byte[], CheckedPlan> reader;
  private final Computation computation;

  PlanFiles(Function<byte[], CheckedPlan> reader, Computation computation) {
    this.reader = reader;
    this.computation = computation;
  }

  /** Blocks; refused when the file is too large or too many are being read. */
  Answer<CheckedPlan> read(PlanSource source) {
    List<Violation> wrong =
        new Texts().line("source.file_name", source.fileName(), Texts.MAX_FILE_NAME).violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    if (source.content().length > Plans.MAX_SOURCE_BYTES) {
      return Answer.refused(tooLarge(source.content().length));
    }
    return computation.run(() -> reader.apply(source.content()));
  }

  /** As {@link #read}; a plan with errors, or with warnings that nobody accepts, is refused. */
  Answer<CheckedPlan.Accepted> accepted(PlanSource source, boolean acceptWarnings) {
    return read(source).then(checked -> accepted(source, checked, acceptWarnings));
  }

  static Refusal tooLarge(long bytes) {
    return Refusal.of(
        Refusal.Kind.EXHAUSTED,
        "PLAN_TOO_LARGE",
        "expected a plan file of at most " + Plans.MAX_SOURCE_BYTES + " bytes, was " + bytes);
  }

  static List<Violation> violations(PlanSource source, List<Problem> problems) {
    return problems.stream().map(problem -> Violation.of(source.fileName(), problem)).toList();
  }

  private static Answer<CheckedPlan.Accepted> accepted(
      PlanSource source, CheckedPlan checked, boolean acceptWarnings) {
    return switch (checked) {
      case CheckedPlan.Refused refused -> Answer.refused(refusal(source, refused.problems()));
      case CheckedPlan.Accepted plan when !acceptWarnings && hasWarnings(plan) ->
          Answer.refused(refusal(source, plan.problems()));
      case CheckedPlan.Accepted plan -> Answer.of(plan);
    };
  }

  private static boolean hasWarnings(CheckedPlan.Accepted plan) {
    return plan.problems().stream().anyMatch(p -> p.severity() == Problem.Severity.WARNING);
  }

  private static Refusal refusal(PlanSource source, List<Problem> problems) {
    long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
    List<Violation> violations = violations(source, problems);
    String more = problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)";
    return new Refusal(
        Refusal.Kind.INVALID,
        errors > 0 ? "PLAN_HAS_ERRORS" : "PLAN_HAS_WARNINGS",
        violations.getFirst()
            + more
            + (errors > 0 ? "" : "; accept_warnings stores it all the same"),
        violations,
        Map.of());
  }
}
