package dev.makespan.core.plan;

import org.jspecify.annotations.Nullable;

/**
 * What must be done before a task starts.
 *
 * @param milestone the part of {@code task} that is enough; null: all of it
 */
public record Need(TaskId task, @Nullable MilestoneId milestone) {

  public static Need of(TaskId task) {
    return new Need(task, null);
  }

  @Override
  public String toString() {
    return milestone == null ? task.value() : task.value() + "." + milestone.value();
  }
}
