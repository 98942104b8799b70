package dev.makespan.core.report;

/**
 * An item of a checklist.
 *
 * @param what is checked, in a few words
 * @param detail what was found, in one sentence
 */
public record ReportCheck(String what, Standing standing, String detail) {

  /** How an item stands. */
  public enum Standing {
    OK,
    /** It is not yet so, and may become so while the run goes on. */
    OPEN,
    /** It is not so. */
    PROBLEM,
    /** Nothing but people can say. */
    PEOPLE
  }
}
