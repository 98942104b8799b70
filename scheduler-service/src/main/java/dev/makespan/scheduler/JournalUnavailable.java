package dev.makespan.scheduler;

/** The database did not answer: whether anything was done is unknown. Trying again is right. */
public final class JournalUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
