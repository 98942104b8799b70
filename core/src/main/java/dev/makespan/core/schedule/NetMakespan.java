package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long a schedule takes when merging and conflicts are counted: every agent keeps its order,
 * successors wait until their predecessor is merged, and a task takes longer by the work that it is
 * expected to do again. O(n log n) besides the schedule's own order.
 */
final class NetMakespan {

  private final TaskGraph graph;
  private final Overheads overheads;
  private final List<Set<String>> folders;

  NetMakespan(Plan plan, TaskGraph graph, Overheads overheads) {
    this.graph = graph;
    this.overheads = overheads;
    this.folders = plan.tasks().stream().map(task -> foldersOf(plan.locksOf(task))).toList();
  }

  /** Appended and regenerated files merge by themselves. */
  private static Set<String> foldersOf(List<FileAccess> accesses) {
    Set<String> folders = new LinkedHashSet<>();
    for (FileAccess access : accesses) {
      if (access.mode() == FileMode.WRITE) {
        folders.add(access.path().folder());
      }
    }
    return folders;
  }

  /** In the unit of the schedule, which is milliseconds for a plan. */
  long of(Project project, Schedule schedule) {
    if (overheads.equals(Overheads.NONE)) {
      return schedule.makespan();
    }
    long[] merges = merges(schedule);
    long[] durations = durations(schedule);
    long[] starts = new long[graph.size()];
    int[][] next = orderOf(project, schedule);
    long finish = 0;
    for (int v : byStart(schedule)) {
      for (int w : next[v]) {
        starts[w] = Math.max(starts[w], starts[v] + durations[v]);
      }
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        long lag =
            graph.successorWaitsForFinish(slot)
                ? durations[v] + merges[v]
                : graph.successorLag(slot);
        int w = graph.successor(slot);
        starts[w] = Math.max(starts[w], starts[v] + lag);
      }
      finish = Math.max(finish, starts[v] + durations[v] + merges[v]);
    }
    return finish;
  }

  /** Of two that start together, the one that stands first in the graph's order. */
  private int[] byStart(Schedule schedule) {
    int[] inOrder = new int[graph.size()];
    long[] keys = new long[graph.size()];
    for (int i = 0; i < inOrder.length; i++) {
      inOrder[i] = graph.inOrder(i);
      keys[i] = schedule.start(inOrder[i]);
    }
    int[] sorted = Ranks.inverse(Ranks.of(keys));
    return Arrays.stream(sorted).map(i -> inOrder[i]).toArray();
  }

  private int[][] orderOf(Project project, Schedule schedule) {
    List<int[]> edges = ResourceOrder.edges(project, schedule);
    int[] count = new int[graph.size()];
    edges.forEach(edge -> count[edge[0]]++);
    int[][] next = new int[graph.size()][];
    Arrays.setAll(next, v -> new int[count[v]]);
    edges.forEach(edge -> next[edge[0]][--count[edge[0]]] = edge[1]);
    return next;
  }

  /** Per node how long its merge takes: nothing for what runs by itself. */
  private long[] merges(Schedule schedule) {
    long[] merges = new long[graph.size()];
    boolean[] beside = beside(schedule);
    for (int v = 0; v < folders.size(); v++) {
      merges[v] = beside[v] && !folders.get(v).isEmpty() ? overheads.merge().toMillis() : 0;
    }
    return merges;
  }

  /** Which tasks run while another does; the last to finish so far tells. */
  private boolean[] beside(Schedule schedule) {
    boolean[] beside = new boolean[folders.size()];
    int last = -1;
    for (int v : sortedByStart(IntStream.range(0, folders.size()).toArray(), schedule)) {
      if (graph.duration(v) == 0) {
        continue;
      }
      if (last >= 0 && finish(last, schedule) > schedule.start(v)) {
        beside[v] = true;
        beside[last] = true;
      }
      last = last < 0 || finish(v, schedule) > finish(last, schedule) ? v : last;
    }
    return beside;
  }

  private long finish(int v, Schedule schedule) {
    return schedule.start(v) + graph.duration(v);
  }

  private static int[] sortedByStart(int[] tasks, Schedule schedule) {
    long[] keys = Arrays.stream(tasks).mapToLong(schedule::start).toArray();
    return Arrays.stream(Ranks.inverse(Ranks.of(keys))).map(i -> tasks[i]).toArray();
  }

  /** Each task with what it is expected to do again: the later of two that conflict pays. */
  private long[] durations(Schedule schedule) {
    int[] others = new int[folders.size()];
    Map<String, List<Integer>> writers = new LinkedHashMap<>();
    for (int v = 0; v < folders.size(); v++) {
      for (String folder : folders.get(v)) {
        writers.computeIfAbsent(folder, name -> new ArrayList<>()).add(v);
      }
    }
    for (List<Integer> tasks : writers.values()) {
      countUnderWay(tasks.stream().mapToInt(v -> v).toArray(), schedule, others);
    }
    long[] durations = new long[graph.size()];
    for (int v = 0; v < durations.length; v++) {
      double chance =
          v < others.length ? 1 - StrictMath.pow(1 - overheads.conflictChance(), others[v]) : 0;
      durations[v] =
          graph.duration(v) + Math.round(graph.duration(v) * overheads.rework() * chance);
    }
    return durations;
  }

  /** Adds for each task how many of the others were under way when it started. */
  private void countUnderWay(int[] tasks, Schedule schedule, int[] others) {
    long[] finishes = Arrays.stream(tasks).mapToLong(v -> finish(v, schedule)).sorted().toArray();
    int[] byStart = sortedByStart(tasks, schedule);
    int over = 0;
    for (int i = 0; i < byStart.length; i++) {
      while (over < finishes.length && finishes[over] <= schedule.start(byStart[i])) {
        over++;
      }
      others[byStart[i]] += Math.max(0, i - over);
    }
  }
}
