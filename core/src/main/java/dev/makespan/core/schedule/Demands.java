package dev.makespan.core.schedule;

import java.util.Arrays;

/** A growing list of what tasks hold: of a resource so many units. */
final class Demands {

  private int[] tasks = new int[64];
  private int[] resources = new int[64];
  private int[] units = new int[64];
  private int count;

  void add(int task, int resource, int held) {
    if (count == tasks.length) {
      tasks = Arrays.copyOf(tasks, count * 2);
      resources = Arrays.copyOf(resources, count * 2);
      units = Arrays.copyOf(units, count * 2);
    }
    tasks[count] = task;
    resources[count] = resource;
    units[count++] = held;
  }

  int task(int demand) {
    return tasks[demand];
  }

  int resource(int demand) {
    return resources[demand];
  }

  int units(int demand) {
    return units[demand];
  }

  /** The demands of each task behind those of the tasks before it; of one task as they came. */
  int[] byTask(int size) {
    int[] next = new int[size + 1];
    for (int d = 0; d < count; d++) {
      next[tasks[d] + 1]++;
    }
    for (int v = 0; v < size; v++) {
      next[v + 1] += next[v];
    }
    int[] sorted = new int[count];
    for (int d = 0; d < count; d++) {
      sorted[next[tasks[d]]++] = d;
    }
    return sorted;
  }
}
