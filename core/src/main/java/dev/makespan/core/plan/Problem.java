package dev.makespan.core.plan;

/**
 * Something wrong in a plan's description.
 *
 * @param kind a stable name for programs, such as {@code unknown-key}
 * @param message what was expected and what was there, in one line
 */
public record Problem(Severity severity, Position at, String kind, String message) {

  /**
   * Errors refuse a plan, warnings stage it until its author says so, notes are worth knowing and
   * never ask anything.
   */
  public enum Severity {
    ERROR,
    WARNING,
    NOTE
  }
}
