package dev.makespan.core.report;

import dev.makespan.core.plan.FilePattern;
import java.time.Duration;
import java.util.List;

/**
 * How the tasks that write one file had to take turns.
 *
 * @param turns in their order
 * @param waited the sum of the waits
 */
public record TurnTaking(FilePattern path, List<Turn> turns, Duration waited) {
  public TurnTaking {
    turns = List.copyOf(turns);
  }
}
