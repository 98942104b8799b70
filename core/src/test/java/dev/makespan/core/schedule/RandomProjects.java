package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.List;

/** Projects from a seed: chains, milestones, renewable resources, locks of writers and readers. */
public final class RandomProjects {

  private RandomProjects() {}

  /**
   * A project whose tasks last 0 to {@code longest}.
   *
   * @param density how many needs a task has on average
   */
  public static Project of(long seed, int tasks, int longest, double density) {
    RandomStream random = new RandomStream(seed);
    long[] durations = new long[tasks];
    for (int v = 0; v < tasks; v++) {
      durations[v] = random.nextInt(longest + 1);
    }
    TaskGraph graph = graph(random, durations, density);
    List<Resource> resources = new ArrayList<>();
    resources.add(new Resource(Resource.Kind.ROLE, "worker", 2));
    resources.add(new Resource(Resource.Kind.RESOURCE, "staging", 5));
    resources.add(new Resource(Resource.Kind.FILE, "a", 3));
    int[][] demands = new int[tasks][];
    for (int v = 0; v < tasks; v++) {
      int file = random.nextInt(4);
      demands[v] =
          new int[] {random.nextInt(2), random.nextInt(6), file > 1 ? 0 : file == 0 ? 1 : 3};
    }
    return Project.of(graph, resources, demands);
  }

  private static TaskGraph graph(RandomStream random, long[] durations, double density) {
    List<int[]> edges = new ArrayList<>();
    int tasks = durations.length;
    for (int v = 1; v < tasks; v++) {
      for (int u = Math.max(0, v - 10); u < v; u++) {
        if (random.nextDouble() < density / Math.min(v, 10)) {
          int lag = random.nextInt(3) == 0 ? random.nextInt((int) durations[u] + 1) : -1;
          edges.add(new int[] {u, v, lag});
        }
      }
    }
    return TaskGraph.of(
        durations,
        edges.stream().mapToInt(e -> e[0]).toArray(),
        edges.stream().mapToInt(e -> e[1]).toArray(),
        edges.stream().mapToLong(e -> e[2] < 0 ? TaskGraph.FINISH_TO_START : e[2]).toArray());
  }
}
