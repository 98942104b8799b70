package dev.makespan.bench;

/** What is asked for cannot be measured: the message says why and what was expected. */
public final class BenchProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BenchProblem(String message) {
    super(message);
  }
}
