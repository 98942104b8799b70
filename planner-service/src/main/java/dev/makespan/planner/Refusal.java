package dev.makespan.planner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why something was not done.
 *
 * @param reason a stable name for programs, such as {@code PLAN_NOT_FOUND}
 * @param message what was expected and what was there, in one line
 * @param violations everything that is wrong with the request
 * @param details further facts for programs, by name
 * @param retryAfter when to ask again; null: nobody knows, or it is of no use
 */
public record Refusal(
    Kind kind,
    String reason,
    String message,
    List<Violation> violations,
    Map<String, String> details,
    @Nullable Duration retryAfter) {

  /** What a caller can do about it; the doors have a code for each. */
  public enum Kind {
    /** Say it otherwise. */
    INVALID,
    /** Name another. */
    NOT_FOUND,
    /** Use a new request id. */
    CONFLICT,
    /** Not in this state. */
    PRECONDITION,
    /** Read again: somebody else was faster. */
    STALE,
    /** Less, or later. */
    EXHAUSTED,
    /** Later. */
    UNAVAILABLE
  }

  public Refusal {
    violations = List.copyOf(violations);
    details = new TreeMap<>(details);
  }

  /** Of which nobody knows when to ask again. */
  public Refusal(
      Kind kind,
      String reason,
      String message,
      List<Violation> violations,
      Map<String, String> details) {
    this(kind, reason, message, violations, details, null);
  }

  public static Refusal of(Kind kind, String reason, String message) {
    return new Refusal(kind, reason, message, List.of(), Map.of());
  }

  /** A request of which several things may be wrong. */
  public static Refusal invalid(List<Violation> violations) {
    String message =
        violations.size() == 1
            ? violations.getFirst().field() + ": " + violations.getFirst().message()
            : violations.size() + " fields of the request are invalid";
    return new Refusal(Kind.INVALID, "INVALID_REQUEST", message, violations, Map.of());
  }
}
