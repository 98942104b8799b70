package dev.makespan.core.schedule;

import java.util.Arrays;

/** The free units of one resource over time, as steps; the last step lasts for ever. */
final class Profile {

  private long[] times = new long[16];
  private int[] free = new int[16];
  private int size = 1;

  Profile(int capacity) {
    free[0] = capacity;
  }

  /** The earliest time from {@code from} on at which {@code units} are free for so long. */
  long earliestFit(long from, long duration, int units) {
    long start = from;
    for (int i = stepAt(from); i < size && times[i] < start + duration; i++) {
      if (free[i] < units) {
        start = times[i + 1];
      }
    }
    return start;
  }

  void occupy(long start, long finish, int units) {
    int first = splitAt(start);
    int last = splitAt(finish);
    for (int i = first; i < last; i++) {
      free[i] -= units;
    }
  }

  /** The step that holds {@code time}. */
  private int stepAt(long time) {
    int low = 0;
    int high = size;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= time) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int splitAt(long time) {
    int i = stepAt(time);
    if (times[i] == time) {
      return i;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      free = Arrays.copyOf(free, size * 2);
    }
    System.arraycopy(times, i + 1, times, i + 2, size - i - 1);
    System.arraycopy(free, i + 1, free, i + 2, size - i - 1);
    times[i + 1] = time;
    free[i + 1] = free[i];
    size++;
    return i + 1;
  }
}
