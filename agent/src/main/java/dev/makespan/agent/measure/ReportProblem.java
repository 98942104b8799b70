package dev.makespan.agent.measure;

/** A report that is not what it is said to be. */
final class ReportProblem extends Exception {

  private static final long serialVersionUID = 1L;

  ReportProblem(String message) {
    super(message);
  }
}
