package dev.makespan.core.dispatch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one run in an order, from which any can be taken out: a binary heap that writes down
 * where each task stands. A task stands in one heap of its {@link Places} at most.
 */
final class TaskHeap {

  /** What {@link #first} answers when there is none. */
  static final int NONE = -1;

  private final Before order;
  private final Places places;
  private int[] tasks = new int[4];
  private int size;

  /** Which of two tasks goes first; never both. */
  interface Before {
    boolean test(int one, int other);
  }

  /** Where each task of a run stands. */
  static final class Places {
    private final int[] at;
    private final @Nullable TaskHeap[] in;

    Places(int size) {
      this.at = new int[size];
      this.in = new @Nullable TaskHeap[size];
    }

    /** The heap that a task stands in; null: none. */
    @Nullable TaskHeap heapOf(int task) {
      return in[task];
    }
  }

  TaskHeap(Before order, Places places) {
    this.order = order;
    this.places = places;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int first() {
    return size == 0 ? NONE : tasks[0];
  }

  void add(int task) {
    if (places.in[task] != null) {
      throw new IllegalStateException("task " + task + " stands in a heap already");
    }
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, size * 2);
    }
    places.in[task] = this;
    put(size, task);
    up(size++);
  }

  /** Takes it out; it must be here. */
  void remove(int task) {
    if (places.in[task] != this) {
      throw new IllegalStateException("task " + task + " does not stand in this heap");
    }
    int at = places.at[task];
    places.in[task] = null;
    int last = tasks[--size];
    if (at < size) {
      put(at, last);
      up(at);
      down(places.at[last]);
    }
  }

  private void put(int at, int task) {
    tasks[at] = task;
    places.at[task] = at;
  }

  private void up(int at) {
    int task = tasks[at];
    int hole = at;
    while (hole > 0 && order.test(task, tasks[(hole - 1) >>> 1])) {
      put(hole, tasks[(hole - 1) >>> 1]);
      hole = (hole - 1) >>> 1;
    }
    put(hole, task);
  }

  private void down(int at) {
    int task = tasks[at];
    int hole = at;
    int child = 2 * hole + 1;
    while (child < size) {
      if (child + 1 < size && order.test(tasks[child + 1], tasks[child])) {
        child++;
      }
      if (!order.test(tasks[child], task)) {
        break;
      }
      put(hole, tasks[child]);
      hole = child;
      child = 2 * hole + 1;
    }
    put(hole, task);
  }
}
