package dev.makespan.postgres;

/** The server did not start. The message is one line for people: what was wrong and what to do. */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
