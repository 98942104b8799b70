package dev.makespan.core.merge;

import java.util.List;

/**
 * What became of a member of a batch.
 *
 * @param report for whoever tries it again; empty when it landed
 * @param files that conflict, or none
 */
public record MemberOutcome(BatchMember member, Kind kind, String report, List<String> files) {

  /** Longest report, in UTF-16 units. */
  public static final int MAX_REPORT = 16_384;

  /** Most files that are named. */
  public static final int MAX_FILES = 100;

  /** What may become of a member. */
  public enum Kind {
    /** It is in the head. */
    LANDED,
    /** It does not merge with what landed before it. */
    CONFLICT,
    /** What verifies the batch is green without it and red with it. */
    RED,
    /** It was not tried, and waits on. */
    LEFT
  }

  public MemberOutcome {
    files = List.copyOf(files);
  }
}
