package dev.makespan.cli;

/** A command can't do its job. The message is for people; it may have several lines. */
final class Failure extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  Failure(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  static Failure badInput(String message) {
    return new Failure(ExitCodes.BAD_INPUT, message);
  }

  int exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
