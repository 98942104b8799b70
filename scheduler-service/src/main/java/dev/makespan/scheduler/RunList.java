package dev.makespan.scheduler;

import java.util.List;

/** The answer to a client that asks for runs. */
public sealed interface RunList {

  /**
   * Newest first.
   *
   * @param more whether there are older ones
   */
  record Page(List<RunSummary> runs, boolean more) implements RunList {}

  /** Too many calls wait. */
  record Busy(RunAnswer.Busy why) implements RunList {}

  /** Not now. */
  record Unavailable(String message) implements RunList {}
}
