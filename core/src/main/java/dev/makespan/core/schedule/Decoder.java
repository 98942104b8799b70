package dev.makespan.core.schedule;

import java.util.Arrays;

/**
 * Turns keys into schedules on a grid. A key says how early a task wants to be placed; where needs
 * forbid it the task goes right behind its predecessors. Not thread-safe: its arrays are reused.
 */
final class Decoder {

  private final Grid grid;
  private final long[] free;
  private final int[] raised;
  private final int[] order;
  private int[] bucket = new int[64];
  private int used;

  private final int[] waiting;
  private final int[] ready;
  private final int[] place;
  private final int[] running;
  private final long[] now;

  Decoder(Grid grid) {
    this.grid = grid;
    this.free = new long[grid.words * grid.slots];
    for (int w = 0; w < grid.words; w++) {
      Arrays.fill(free, w * grid.slots, (w + 1) * grid.slots, grid.capacity[w]);
    }
    this.raised = new int[grid.size];
    this.order = new int[grid.size];
    this.waiting = new int[grid.size];
    this.ready = new int[grid.size + 1];
    this.place = new int[grid.size];
    this.running = new int[grid.size + 1];
    this.now = new long[grid.words];
  }

  /** Serial generation; fills {@code starts} on the given axis of time. The makespan. */
  int serial(Grid.Axis axis, int[] keys, int range, int[] starts) {
    sort(axis, keys, range);
    clear();
    int makespan = 0;
    for (int v : order) {
      int start = 0;
      for (int slot = axis.start[v]; slot < axis.start[v + 1]; slot++) {
        start = Math.max(start, starts[axis.predecessor[slot]] + axis.lag[slot]);
      }
      start = placeAt(v, start);
      starts[v] = start;
      makespan = Math.max(makespan, start + grid.durations[v]);
    }
    used = makespan;
    return makespan;
  }

  /** By key raised to that of the predecessors; a counting sort that keeps the axis' order. */
  private void sort(Grid.Axis axis, int[] keys, int range) {
    if (bucket.length < range + 1) {
      bucket = new int[range + 1];
    }
    Arrays.fill(bucket, 0, range + 1, 0);
    for (int v : axis.order) {
      int key = keys[v];
      for (int slot = axis.start[v]; slot < axis.start[v + 1]; slot++) {
        key = Math.max(key, raised[axis.predecessor[slot]]);
      }
      raised[v] = key;
      bucket[key + 1]++;
    }
    for (int k = 0; k < range; k++) {
      bucket[k + 1] += bucket[k];
    }
    for (int v : axis.order) {
      order[bucket[raised[v]]++] = v;
    }
  }

  private void clear() {
    for (int w = 0; w < grid.words; w++) {
      Arrays.fill(free, w * grid.slots, w * grid.slots + used, grid.capacity[w]);
    }
  }

  private int placeAt(int v, int earliest) {
    int begin = grid.demandStart[v];
    int end = grid.demandStart[v + 1];
    if (begin == end) {
      return earliest;
    }
    int duration = grid.durations[v];
    if (end == begin + 1) {
      int base = grid.demandWord[begin] * grid.slots;
      long units = grid.demand[begin];
      int start = fit(base, units, earliest, duration);
      for (int t = base + start; t < base + start + duration; t++) {
        free[t] -= units;
      }
      return start;
    }
    return placeAtMany(begin, end, earliest, duration);
  }

  /** Looks at each window from its end and jumps past its last conflict: no slot twice. */
  private int fit(int base, long units, int earliest, int duration) {
    int start = base + earliest;
    int untested = start;
    while (true) {
      int last = start + duration - 1;
      int t = last;
      while (t >= untested && ((free[t] - units) & Grid.GUARD) == Grid.GUARD) {
        t--;
      }
      if (t < untested) {
        return start - base;
      }
      untested = last + 1;
      start = t + 1;
    }
  }

  private int placeAtMany(int begin, int end, int earliest, int duration) {
    int start = earliest;
    int agreed = 0;
    for (int slot = begin; agreed < end - begin; slot = slot + 1 == end ? begin : slot + 1) {
      int found = fit(grid.demandWord[slot] * grid.slots, grid.demand[slot], start, duration);
      agreed = found == start ? agreed + 1 : 1;
      start = found;
    }
    for (int slot = begin; slot < end; slot++) {
      int from = grid.demandWord[slot] * grid.slots + start;
      for (int t = from; t < from + duration; t++) {
        free[t] -= grid.demand[slot];
      }
    }
    return start;
  }

  /** Parallel generation; fills {@code starts} on the given axis of time. The makespan. */
  int parallel(Grid.Axis axis, int[] keys, int range, int[] starts) {
    sort(axis, keys, range);
    System.arraycopy(grid.capacity, 0, now, 0, now.length);
    int readyCount = 0;
    for (int i = 0; i < order.length; i++) {
      int v = order[i];
      place[v] = i;
      starts[v] = 0;
      waiting[v] = axis.start[v + 1] - axis.start[v];
      if (waiting[v] == 0) {
        ready[readyCount++] = i;
      }
    }
    int runningCount = 0;
    int makespan = 0;
    int time = 0;
    int placed = 0;
    while (placed < order.length) {
      for (int i = 0; i < runningCount; ) {
        int v = running[i];
        if (starts[v] + grid.durations[v] <= time) {
          give(v, 1);
          running[i] = running[--runningCount];
        } else {
          i++;
        }
      }
      for (int i = 0; i < readyCount; ) {
        int v = order[ready[i]];
        if (starts[v] > time || !fitsNow(v)) {
          i++;
          continue;
        }
        System.arraycopy(ready, i + 1, ready, i, --readyCount - i);
        starts[v] = time;
        placed++;
        makespan = Math.max(makespan, time + grid.durations[v]);
        if (grid.durations[v] > 0) {
          give(v, -1);
          running[runningCount++] = v;
        }
        int before = readyCount;
        readyCount = release(axis, v, time, starts, readyCount);
        // A task that may start at once can stand before the place that the scan has reached.
        i = readyCount > before ? 0 : i;
      }
      time = nextTime(time, starts, runningCount, readyCount);
    }
    return makespan;
  }

  private boolean fitsNow(int v) {
    for (int slot = grid.demandStart[v]; slot < grid.demandStart[v + 1]; slot++) {
      if (((now[grid.demandWord[slot]] - grid.demand[slot]) & Grid.GUARD) != Grid.GUARD) {
        return false;
      }
    }
    return true;
  }

  private void give(int v, int sign) {
    for (int slot = grid.demandStart[v]; slot < grid.demandStart[v + 1]; slot++) {
      now[grid.demandWord[slot]] += sign * grid.demand[slot];
    }
  }

  private int release(Grid.Axis axis, int v, int time, int[] starts, int readyCount) {
    int count = readyCount;
    for (int slot = axis.successorStart[v]; slot < axis.successorStart[v + 1]; slot++) {
      int w = axis.successor[slot];
      starts[w] = Math.max(starts[w], time + axis.successorLag[slot]);
      if (--waiting[w] == 0) {
        int i = count++;
        while (i > 0 && ready[i - 1] > place[w]) {
          ready[i] = ready[i - 1];
          i--;
        }
        ready[i] = place[w];
      }
    }
    return count;
  }

  private int nextTime(int time, int[] starts, int runningCount, int readyCount) {
    int next = Integer.MAX_VALUE;
    for (int i = 0; i < runningCount; i++) {
      next = Math.min(next, starts[running[i]] + grid.durations[running[i]]);
    }
    for (int i = 0; i < readyCount; i++) {
      int opens = starts[order[ready[i]]];
      next = opens > time ? Math.min(next, opens) : next;
    }
    return next;
  }
}
