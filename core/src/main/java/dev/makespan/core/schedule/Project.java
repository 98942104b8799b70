package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A plan as a resource-constrained project: a graph with minimal lags, and what each task holds
 * while it runs. Roles, resources and files are renewable resources; of a file a writer takes all
 * and a reader one.
 */
public final class Project {

  private final TaskGraph graph;
  private final List<Resource> resources;
  private final int[] demandStart;
  private final int[] demandResource;
  private final int[] demandUnits;

  private Project(
      TaskGraph graph,
      List<Resource> resources,
      int[] demandStart,
      int[] demandResource,
      int[] demandUnits) {
    this.graph = graph;
    this.resources = List.copyOf(resources);
    this.demandStart = demandStart;
    this.demandResource = demandResource;
    this.demandUnits = demandUnits;
  }

  /**
   * The project of a plan.
   *
   * @param pools slots of each role; a role that is not named has what the plan assumes
   * @throws IllegalArgumentException when a pool has no slot or a task uses more than there is
   */
  public static Project of(Plan plan, Map<Role, Integer> pools) {
    TaskGraph graph = TaskGraph.of(plan);
    return of(plan, graph, pools, FileLocks.of(plan, graph));
  }

  /** As {@link #of(Plan, Map)} with these locks instead of the plan's. */
  public static Project of(
      Plan plan, TaskGraph graph, Map<Role, Integer> pools, List<FileLock> locks) {
    return new PlanDemands(plan, pools).project(graph, locks);
  }

  /**
   * A project that comes from no plan.
   *
   * @param demands per task the units of each resource, in the order of {@code resources}
   */
  public static Project of(TaskGraph graph, List<Resource> resources, int[][] demands) {
    List<List<int[]>> held = new ArrayList<>();
    for (int[] row : demands) {
      List<int[]> units = new ArrayList<>();
      for (int r = 0; r < row.length; r++) {
        units.add(new int[] {r, row[r]});
      }
      held.add(units);
    }
    return ofHeld(graph, resources, held);
  }

  /** {@code held}: per task pairs of resource and units. */
  static Project ofHeld(TaskGraph graph, List<Resource> resources, List<List<int[]>> held) {
    int total = held.stream().mapToInt(List::size).sum();
    int[] start = new int[graph.size() + 1];
    int[] resource = new int[total];
    int[] units = new int[total];
    int filled = 0;
    for (int v = 0; v < graph.size(); v++) {
      start[v] = filled;
      boolean holds = v < held.size() && graph.duration(v) > 0;
      for (int[] pair : holds ? held.get(v) : List.<int[]>of()) {
        requireRoom(resources.get(pair[0]), pair[1]);
        if (pair[1] > 0) {
          resource[filled] = pair[0];
          units[filled++] = pair[1];
        }
      }
    }
    start[graph.size()] = filled;
    return new Project(graph, resources, start, resource, units);
  }

  private static void requireRoom(Resource resource, int units) {
    if (units < 0 || units > resource.capacity()) {
      throw new IllegalArgumentException(
          "resource "
              + resource.name()
              + ": expected tasks that use 0 to "
              + resource.capacity()
              + ", was "
              + units);
    }
  }

  /** The project with time running backwards. */
  Project reversed() {
    return new Project(graph.reversed(), resources, demandStart, demandResource, demandUnits);
  }

  public TaskGraph graph() {
    return graph;
  }

  /** Tasks and barriers. */
  public int size() {
    return graph.size();
  }

  public List<Resource> resources() {
    return resources;
  }

  /** The first of the demand slots of {@code v}; they end before {@code demandsEnd}. */
  public int demandsBegin(int v) {
    return demandStart[v];
  }

  public int demandsEnd(int v) {
    return demandStart[v + 1];
  }

  public int demandResource(int slot) {
    return demandResource[slot];
  }

  /** More than 0, at most the resource's capacity; a task of no duration holds nothing. */
  public int demandUnits(int slot) {
    return demandUnits[slot];
  }
}
