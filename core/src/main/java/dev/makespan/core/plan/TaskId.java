package dev.makespan.core.plan;

/** The name of a task, unique in its plan. */
public record TaskId(String value) implements Comparable<TaskId> {

  public TaskId {
    Names.requireId("task", value);
  }

  @Override
  public int compareTo(TaskId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
