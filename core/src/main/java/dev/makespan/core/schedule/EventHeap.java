package dev.makespan.core.schedule;

import java.util.Arrays;

/** Ints by time, the earliest first; those of one time in no particular order. */
final class EventHeap {

  private long[] times = new long[8];
  private int[] items = new int[8];
  private int size;

  /** {@link Long#MAX_VALUE} when empty. */
  long nextTime() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  void push(long time, int item) {
    if (size == items.length) {
      items = Arrays.copyOf(items, size * 2);
      times = Arrays.copyOf(times, size * 2);
    }
    int hole = size++;
    while (hole > 0 && times[(hole - 1) >>> 1] > time) {
      move((hole - 1) >>> 1, hole);
      hole = (hole - 1) >>> 1;
    }
    times[hole] = time;
    items[hole] = item;
  }

  int pop() {
    int top = items[0];
    size--;
    long time = times[size];
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      move(child, hole);
      hole = child;
    }
    times[hole] = time;
    items[hole] = items[size];
    return top;
  }

  private void move(int from, int to) {
    times[to] = times[from];
    items[to] = items[from];
  }
}
