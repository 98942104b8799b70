package dev.makespan.core.report;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a task became ready and was tried.
 *
 * @param ready when its needs were met; null: not yet
 * @param attempts in their order
 */
public record TaskTimes(TaskId task, @Nullable Instant ready, List<Attempt> attempts) {
  public TaskTimes {
    attempts = List.copyOf(attempts);
  }
}
