package dev.makespan.formats.agent;

import java.util.function.Supplier;

/** A message from outside: what it says, or what is wrong with it. */
public sealed interface Parsed<T> {

  /** It keeps all limits. */
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * It is not to be acted upon.
   *
   * @param problem where, what was expected and what was there; for the sender
   */
  record Invalid<T>(String problem) implements Parsed<T> {}

  /** Longest problem that is told: some quote what was sent. */
  int MAX_PROBLEM = 500;

  /** The value that {@code reading} makes; what core's types refuse becomes the problem. */
  static <T> Parsed<T> of(Supplier<T> reading) {
    try {
      return new Valid<>(reading.get());
    } catch (IllegalArgumentException e) {
      String problem = e.getMessage();
      return new Invalid<>(problem == null ? "not understood" : shortened(problem));
    }
  }

  private static String shortened(String problem) {
    return problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM) + "…";
  }
}
