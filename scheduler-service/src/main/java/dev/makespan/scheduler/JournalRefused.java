package dev.makespan.scheduler;

/** The database refuses what it was told, and would again: a bug. */
public final class JournalRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public JournalRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
