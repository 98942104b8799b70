package dev.makespan.core.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may go wrong.
 *
 * @param mitigation null: not said
 * @param fallback null: not said
 */
public record Risk(
    String id,
    String title,
    Level likelihood,
    Level impact,
    List<TaskId> tasks,
    @Nullable String mitigation,
    @Nullable String fallback) {

  public Risk {
    tasks = List.copyOf(tasks);
  }
}
