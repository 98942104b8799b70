package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import java.util.List;

/**
 * What is made durable at once, or not at all. Without content it only asks whether the ownership
 * still holds.
 *
 * @param number counts up within an ownership
 * @param progress at most one entry per run
 */
public record Group(
    long number, List<NewRun> started, List<RunEvent> events, List<RunProgress> progress) {

  public Group {
    started = List.copyOf(started);
    events = List.copyOf(events);
    progress = List.copyOf(progress);
  }
}
