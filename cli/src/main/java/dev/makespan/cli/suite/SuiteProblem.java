package dev.makespan.cli.suite;

/** The suite can't be started or reached. One line for people: what was wrong and what to do. */
public final class SuiteProblem extends Exception {

  private static final long serialVersionUID = 1L;

  public SuiteProblem(String message) {
    super(message);
  }

  public SuiteProblem(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
