package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;

/**
 * A part of a task's work.
 *
 * @param id as an id, unique in its task
 * @param after ids of steps of the same task that come before
 */
public record Step(
    String id,
    String title,
    Duration duration,
    List<FilePattern> reads,
    List<FilePattern> writes,
    List<String> after) {

  public Step {
    Names.requireId("step", id);
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    after = List.copyOf(after);
  }
}
