package dev.makespan.agent.workspace;

/**
 * Why an attempt fails beside its command: there is no workspace, or what was done does not count.
 */
public final class AttemptProblem extends Exception {

  private static final long serialVersionUID = 1;

  private final boolean retryable;

  /**
   * Makes one.
   *
   * @param message for people
   * @param retryable whether another attempt may fare better
   */
  public AttemptProblem(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** Trying again is of no use. */
  public static AttemptProblem forGood(String message) {
    return new AttemptProblem(message, false);
  }

  /** Another attempt may fare better. */
  public static AttemptProblem forNow(String message) {
    return new AttemptProblem(message, true);
  }

  public boolean isRetryable() {
    return retryable;
  }

  /** What it was, for people. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
