package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
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

  /** By task, 0 first; empty: all alike. */
  private final int[] classes;

  private Project(
      TaskGraph graph,
      List<Resource> resources,
      int[] demandStart,
      int[] demandResource,
      int[] demandUnits,
      int[] classes) {
    this.graph = graph;
    this.resources = List.copyOf(resources);
    this.demandStart = demandStart;
    this.demandResource = demandResource;
    this.demandUnits = demandUnits;
    this.classes = classes;
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
    Demands held = new Demands();
    for (int v = 0; v < demands.length; v++) {
      for (int r = 0; r < demands[v].length; r++) {
        held.add(v, r, demands[v][r]);
      }
    }
    return ofHeld(graph, resources, held);
  }

  static Project ofHeld(TaskGraph graph, List<Resource> resources, Demands held) {
    int[] byTask = held.byTask(graph.size());
    int[] start = new int[graph.size() + 1];
    int[] resource = new int[byTask.length];
    int[] units = new int[byTask.length];
    int filled = 0;
    int next = 0;
    for (int v = 0; v < graph.size(); v++) {
      start[v] = filled;
      for (; next < byTask.length && held.task(byTask[next]) == v; next++) {
        int demand = byTask[next];
        if (graph.duration(v) > 0) {
          requireRoom(resources.get(held.resource(demand)), held.units(demand));
          resource[filled] = held.resource(demand);
          units[filled] = held.units(demand);
          filled += held.units(demand) > 0 ? 1 : 0;
        }
      }
    }
    start[graph.size()] = filled;
    return new Project(graph, resources, start, resource, units, new int[0]);
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
    return new Project(
        graph.reversed(), resources, demandStart, demandResource, demandUnits, classes);
  }

  /**
   * The same, of tasks of which some go before others where that costs no time.
   *
   * @param classes by task and barrier, 0 first
   */
  Project withClasses(int[] classes) {
    return new Project(graph, resources, demandStart, demandResource, demandUnits, classes.clone());
  }

  /** Whether some tasks go before others. */
  boolean hasClasses() {
    return classes.length > 0;
  }

  /** From 0, which goes first. */
  int classOf(int v) {
    return classes[v];
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
