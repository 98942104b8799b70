package dev.makespan.core.plan;

import java.util.List;

/**
 * The place of each task in a plan by its id: a hash table of ints, since objects for each entry
 * would cost more time than all else that is done with 100,000 tasks.
 */
public final class TaskIndex {

  /** What {@link #find} answers for an id that no task has. */
  public static final int NONE = -1;

  private final TaskId[] ids;
  private final int[] placesAfterNone;
  private final int mask;

  private TaskIndex(TaskId[] ids) {
    this.ids = ids;
    int size = Integer.highestOneBit(Math.max(1, ids.length)) * 4;
    this.placesAfterNone = new int[size];
    this.mask = size - 1;
    for (int place = 0; place < ids.length; place++) {
      int slot = slotOf(ids[place]);
      if (placesAfterNone[slot] == 0) {
        placesAfterNone[slot] = place + 1;
      }
    }
  }

  /** Of several tasks with one id the first counts. */
  public static TaskIndex of(List<Task> tasks) {
    TaskId[] ids = new TaskId[tasks.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = tasks.get(i).id();
    }
    return new TaskIndex(ids);
  }

  /** The task's place from 0, or {@link #NONE}. */
  public int find(TaskId id) {
    return placesAfterNone[slotOf(id)] - 1;
  }

  /** The slot that has {@code id}, or the free one where it would stand. */
  @SuppressWarnings("ReferenceEquality") // most ids are the very object; that needs no look at it
  private int slotOf(TaskId id) {
    int hash = id.value().hashCode() * 0x9E3779B9;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (placesAfterNone[slot] != 0) {
      TaskId other = ids[placesAfterNone[slot] - 1];
      if (other == id || other.value().equals(id.value())) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
