package dev.makespan.core.schedule;

import java.time.Duration;

/**
 * What working side by side costs besides the work. Only a task that writes files and runs beside
 * another pays any of it.
 *
 * @param merge how long it takes to merge one such task; its successors wait for that
 * @param conflictChance of two tasks that write in one folder at the same time, 0 to 1
 * @param rework the part of its work that a task does again after a conflict, 0 to 1
 */
public record Overheads(Duration merge, double conflictChance, double rework) {

  /** Longest merge that is accepted. */
  public static final Duration MAX_MERGE = Duration.ofDays(1);

  /** Nothing is lost by working side by side. */
  public static final Overheads NONE = new Overheads(Duration.ZERO, 0, 0);

  /** An assumption, to be replaced by what a team has seen. */
  public static final Overheads ASSUMED = new Overheads(Duration.ofMinutes(1), 0.05, 0.3);

  public Overheads {
    if (merge.isNegative() || merge.compareTo(MAX_MERGE) > 0) {
      throw new IllegalArgumentException("expected a merge of 0 to 24 h, was " + merge);
    }
    requireShare("chance of a conflict", conflictChance);
    requireShare("part that is done again", rework);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + ": expected 0 to 1, was " + share);
    }
  }
}
