package dev.makespan.core.schedule;

import java.util.Arrays;

/**
 * What certainly runs at each moment, given when each task can start: between its latest start and
 * its earliest finish a task is under way. Nothing else may start where that leaves no room.
 */
final class TimeTable {

  private final Project project;
  private final int[][] users;
  private final int[][] units;
  private final long[] times;
  private final long[] load;
  private int steps;
  private boolean overloaded;

  TimeTable(Project project) {
    this.project = project;
    int count = project.resources().size();
    int[] sizes = new int[count];
    for (int slot = 0; slot < project.demandsEnd(project.size() - 1); slot++) {
      sizes[project.demandResource(slot)]++;
    }
    users = new int[count][];
    units = new int[count][];
    Arrays.setAll(users, r -> new int[sizes[r]]);
    Arrays.setAll(units, r -> new int[sizes[r]]);
    for (int v = 0; v < project.size(); v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        int r = project.demandResource(slot);
        int k = --sizes[r];
        users[r][k] = v;
        units[r][k] = project.demandUnits(slot);
      }
    }
    int longest = Arrays.stream(users).mapToInt(list -> list.length).max().orElse(0);
    times = new long[2 * longest + 1];
    load = new long[2 * longest + 1];
  }

  /** Whether the last resource has more under way than it has room for. */
  boolean isOverloaded() {
    return overloaded;
  }

  /** Raises heads and tails by resource {@code r}; whether any was raised. */
  boolean narrow(int r, long[] heads, long[] tails, long end) {
    build(r, heads, tails, end);
    boolean changed = false;
    for (int k = 0; k < users[r].length && !overloaded; k++) {
      int v = users[r][k];
      long duration = project.graph().duration(v);
      long latest = end - tails[v];
      if (heads[v] < latest) {
        long room = project.resources().get(r).capacity() - (long) units[r][k];
        long head = pushRight(heads[v], duration, room, latest, units[r][k]);
        long finish = pushLeft(latest + duration, duration, room, heads[v], units[r][k]);
        changed |= head > heads[v] || finish < latest + duration;
        heads[v] = head;
        tails[v] = end - finish + duration;
      }
    }
    return changed;
  }

  private void build(int r, long[] heads, long[] tails, long end) {
    int filled = 0;
    for (int v : users[r]) {
      long finish = heads[v] + project.graph().duration(v);
      if (end - tails[v] < finish) {
        times[filled++] = end - tails[v];
        times[filled++] = finish;
      }
    }
    Arrays.sort(times, 0, filled);
    steps = 0;
    for (int i = 0; i < filled; i++) {
      if (i == 0 || times[i] != times[i - 1]) {
        times[steps] = times[i];
        load[steps++] = 0;
      }
    }
    overloaded = false;
    for (int k = 0; k < users[r].length; k++) {
      int v = users[r][k];
      add(end - tails[v], heads[v] + project.graph().duration(v), units[r][k], r);
    }
  }

  private void add(long from, long to, int used, int r) {
    if (from >= to) {
      return;
    }
    for (int i = Arrays.binarySearch(times, 0, steps, from); times[i] < to; i++) {
      load[i] += used;
      overloaded |= load[i] > project.resources().get(r).capacity();
    }
  }

  /** The earliest start from {@code start} on that others' certain work leaves room for. */
  private long pushRight(long start, long duration, long room, long ownFrom, int own) {
    long ownTo = start + duration;
    long t = start;
    for (int i = 0; i < steps - 1 && times[i] < t + duration; i++) {
      boolean mine = times[i] >= ownFrom && times[i] < ownTo;
      if (times[i + 1] > t && load[i] - (mine ? own : 0) > room) {
        t = times[i + 1];
      }
    }
    return t;
  }

  private long pushLeft(long finish, long duration, long room, long head, int own) {
    long ownFrom = finish - duration;
    long ownTo = head + duration;
    long t = finish;
    for (int i = steps - 2; i >= 0 && times[i + 1] > t - duration; i--) {
      boolean mine = times[i] >= ownFrom && times[i] < ownTo;
      if (times[i] < t && load[i] - (mine ? own : 0) > room) {
        t = times[i];
      }
    }
    return t;
  }
}
