package dev.makespan.planner;

import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param field the field of the request, or the plan's file
 * @param at where in the file; null for fields
 * @param kind a stable name for programs, such as {@code unknown-key}
 * @param message what was expected and what was there
 */
public record Violation(
    Problem.Severity severity, String field, @Nullable Position at, String kind, String message) {

  /** A violation of a field. */
  public static Violation of(String field, String message) {
    return new Violation(Problem.Severity.ERROR, field, null, "invalid-field", message);
  }

  /** A problem of a plan file. */
  public static Violation of(String fileName, Problem problem) {
    return new Violation(
        problem.severity(), fileName, problem.at(), problem.kind(), problem.message());
  }

  /** {@code plan.yaml:17:5: message}, or {@code field: message}. */
  @Override
  public String toString() {
    String place = at == null ? field : field + ":" + at.line() + ":" + at.column();
    return place + ": " + message;
  }
}
