package dev.makespan.bench;

/** What is asked for cannot be measured: the message says why and what was expected. */
final class BenchProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BenchProblem(String message) {
    super(message);
  }
}
