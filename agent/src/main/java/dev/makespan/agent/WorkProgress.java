package dev.makespan.agent;

import dev.makespan.core.session.Usage;
import java.util.List;

/**
 * How far work is.
 *
 * @param percent 0 to 100
 * @param note one line for people
 * @param checkpoint from which another attempt can go on, in the runner's own words, which it finds
 *     in the context of that attempt; at most 65,536 characters; empty: no newer one
 * @param usage since the start of the attempt
 * @param files touched since the start of the attempt
 */
public record WorkProgress(
    int percent, String note, String checkpoint, Usage usage, List<String> files) {

  public WorkProgress {
    files = List.copyOf(files);
  }

  /** Only how far. */
  public static WorkProgress of(int percent, String note) {
    return new WorkProgress(percent, note, "", Usage.NONE, List.of());
  }

  /** With a place to go on from. */
  public WorkProgress withCheckpoint(String newest) {
    return new WorkProgress(percent, note, newest, usage, files);
  }
}
