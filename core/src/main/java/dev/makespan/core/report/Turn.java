package dev.makespan.core.report;

import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt's turn at a file. Times are plan time since the first start of the run.
 *
 * @param finish null: it still has the file
 * @param waited how long it was ready while others had the file
 * @param waitedFor whom it waited for, in the order of their turns
 */
public record Turn(
    TaskId task,
    Duration ready,
    Duration start,
    @Nullable Duration finish,
    Duration waited,
    List<TaskId> waitedFor) {
  public Turn {
    waitedFor = List.copyOf(waitedFor);
  }
}
