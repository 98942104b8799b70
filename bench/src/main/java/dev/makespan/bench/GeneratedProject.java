package dev.makespan.bench;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A project like those of PSPLIB, after ProGen (Kolisch, Sprecher and Drexl 1995): tasks of 1 to 10
 * units of time and four resources, of which a task that uses one takes 1 to 10 units.
 *
 * @param tasks without source and sink
 * @param complexity needs per task that no others imply, on average
 * @param factor how many of the resources a task uses, from 0 to 1
 * @param strength of the resources, from 0 (as few as the largest demand) to 1 (no task ever waits)
 */
record GeneratedProject(int tasks, double complexity, double factor, double strength) {

  private static final int RESOURCES = 4;
  private static final int LONGEST = 10;
  private static final int MOST_UNITS = 10;
  private static final int FIRST_TASKS = 3;
  private static final int LAST_TASKS = 3;
  private static final int MOST_NEEDS = 3;
  private static final int TRIES_PER_NEED = 200;

  private static final double[] COMPLEXITIES = {1.5, 1.8, 2.1};
  private static final double[] FACTORS = {0.25, 0.5, 0.75, 1};
  private static final double[] STRENGTHS = {0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1};

  /** One of each combination of the parameters that PSPLIB has, the strengths of j120 and j60. */
  static List<GeneratedProject> all(int tasks) {
    List<GeneratedProject> all = new ArrayList<>();
    for (double complexity : COMPLEXITIES) {
      for (double factor : FACTORS) {
        for (double strength : STRENGTHS) {
          all.add(new GeneratedProject(tasks, complexity, factor, strength));
        }
      }
    }
    return all;
  }

  Project project(long seed) {
    return new Draw(new SplittableRandom(seed)).project();
  }

  /** One project in the making. */
  private final class Draw {
    private final SplittableRandom random;
    private final long[] durations = new long[tasks];
    private final int[] in = new int[tasks];
    private final int[] out = new int[tasks];
    private final List<int[]> needs = new ArrayList<>();
    private final BitSet[] before = new BitSet[tasks];

    Draw(SplittableRandom random) {
      this.random = random;
      Arrays.setAll(before, v -> new BitSet(tasks));
    }

    Project project() {
      Arrays.setAll(durations, v -> 1 + random.nextInt(LONGEST));
      for (int v = FIRST_TASKS; v < tasks; v++) {
        need(leastUsed(Math.min(v, tasks - LAST_TASKS)), v);
      }
      for (int u = tasks - LAST_TASKS - 1; u >= 0; u--) {
        if (out[u] == 0) {
          need(
              u,
              Math.max(u + 1, FIRST_TASKS) + random.nextInt(tasks - Math.max(u + 1, FIRST_TASKS)));
        }
      }
      int wanted = (int) Math.round(complexity * tasks) - FIRST_TASKS - LAST_TASKS;
      for (int i = 0; needs.size() < wanted && i < wanted * TRIES_PER_NEED; i++) {
        tryNeed(random.nextInt(tasks), random.nextInt(tasks));
      }
      TaskGraph graph = graph();
      int[][] demands = demands();
      return Project.of(graph, resources(graph, demands), demands);
    }

    private int leastUsed(int below) {
      int u = random.nextInt(below);
      for (int i = 0; out[u] >= MOST_NEEDS && i < tasks; i++) {
        u = random.nextInt(below);
      }
      return u;
    }

    private void tryNeed(int u, int v) {
      boolean middle = u < v && u < tasks - LAST_TASKS && v >= FIRST_TASKS;
      if (middle && out[u] < MOST_NEEDS && in[v] < MOST_NEEDS && !isImplied(u, v)) {
        need(u, v);
      }
    }

    /** Whether others imply the need, or it would make another needless. */
    private boolean isImplied(int u, int v) {
      if (before[v].get(u)) {
        return true;
      }
      for (int[] need : needs) {
        boolean fromBeforeU = need[0] == u || before[u].get(need[0]);
        boolean toBehindV = need[1] == v || before[need[1]].get(v);
        if (fromBeforeU && toBehindV) {
          return true;
        }
      }
      return false;
    }

    private void need(int u, int v) {
      needs.add(new int[] {u, v});
      out[u]++;
      in[v]++;
      BitSet added = (BitSet) before[u].clone();
      added.set(u);
      for (int w = v; w < tasks; w++) {
        if (w == v || before[w].get(v)) {
          before[w].or(added);
        }
      }
    }

    private TaskGraph graph() {
      long[] lags = new long[needs.size()];
      Arrays.fill(lags, TaskGraph.FINISH_TO_START);
      return TaskGraph.of(
          durations,
          needs.stream().mapToInt(need -> need[0]).toArray(),
          needs.stream().mapToInt(need -> need[1]).toArray(),
          lags);
    }

    private int[][] demands() {
      int[][] demands = new int[tasks][RESOURCES];
      int wanted = (int) Math.round(factor * tasks * RESOURCES);
      int[] cells = new int[tasks * RESOURCES];
      int open = 0;
      for (int v = 0; v < tasks; v++) {
        // Each task uses one resource at least.
        demands[v][random.nextInt(RESOURCES)] = 1 + random.nextInt(MOST_UNITS);
        for (int r = 0; r < RESOURCES; r++) {
          if (demands[v][r] == 0) {
            cells[open++] = v * RESOURCES + r;
          }
        }
      }
      for (int more = wanted - tasks; more > 0 && open > 0; more--) {
        int at = random.nextInt(open);
        int cell = cells[at];
        cells[at] = cells[--open];
        demands[cell / RESOURCES][cell % RESOURCES] = 1 + random.nextInt(MOST_UNITS);
      }
      return demands;
    }

    /** Between the largest demand and the peak when all start as early as needs let them. */
    private List<Resource> resources(TaskGraph graph, int[][] demands) {
      long[] starts = earliestStarts(graph);
      List<Resource> resources = new ArrayList<>();
      for (int r = 0; r < RESOURCES; r++) {
        int least = 1;
        int peak = 1;
        for (int v = 0; v < tasks; v++) {
          least = Math.max(least, demands[v][r]);
          peak = Math.max(peak, inUse(r, starts[v], starts, demands));
        }
        int capacity = least + (int) Math.round(strength * (peak - least));
        resources.add(new Resource(Resource.Kind.RESOURCE, "R" + (r + 1), capacity));
      }
      return resources;
    }

    private int inUse(int r, long time, long[] starts, int[][] demands) {
      int used = 0;
      for (int v = 0; v < tasks; v++) {
        used += starts[v] <= time && time < starts[v] + durations[v] ? demands[v][r] : 0;
      }
      return used;
    }

    private long[] earliestStarts(TaskGraph graph) {
      long[] starts = new long[tasks];
      for (int v = 0; v < tasks; v++) {
        for (int k = graph.predecessorsBegin(v); k < graph.predecessorsEnd(v); k++) {
          starts[v] = Math.max(starts[v], starts[graph.predecessor(k)] + graph.predecessorLag(k));
        }
      }
      return starts;
    }
  }
}
