package dev.makespan.core.plan;

import java.util.List;

/** The place of each task in a plan by its id. */
public final class TaskIndex {

  /** What {@link #find} answers for an id that no task has. */
  public static final int NONE = TextNumbers.NONE;

  private final TextNumbers places;

  private TaskIndex(TextNumbers places) {
    this.places = places;
  }

  /** Of several tasks with one id the first counts. */
  public static TaskIndex of(List<Task> tasks) {
    TextNumbers places = new TextNumbers(tasks.size());
    for (Task task : tasks) {
      places.add(task.id().value());
    }
    return new TaskIndex(places);
  }

  /** The task's place from 0, or {@link #NONE}. */
  public int find(TaskId id) {
    return places.find(id.value());
  }
}
