package dev.makespan.core.schedule;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each task of a plan holds while it runs. */
final class PlanDemands {

  private final List<Resource> resources = new ArrayList<>();
  private final Demands held = new Demands();

  private final List<Priority> priorities;

  PlanDemands(Plan plan, Map<Role, Integer> pools) {
    priorities = plan.tasks().stream().map(task -> task.placement().priority()).toList();
    Map<Role, Integer> roles = new TreeMap<>();
    Map<String, Integer> shared = new TreeMap<>();
    for (int v = 0; v < plan.tasks().size(); v++) {
      Task task = plan.tasks().get(v);
      held.add(v, roles.computeIfAbsent(task.role(), r -> addRole(r, plan, pools)), 1);
      for (Map.Entry<String, Integer> use : task.uses().entrySet()) {
        int resource = shared.computeIfAbsent(use.getKey(), n -> addShared(n, plan));
        held.add(v, resource, use.getValue());
      }
    }
  }

  private int addRole(Role role, Plan plan, Map<Role, Integer> pools) {
    int slots = pools.getOrDefault(role, plan.pools().getOrDefault(role, 1));
    return add(new Resource(Resource.Kind.ROLE, role.value(), slots));
  }

  private int addShared(String name, Plan plan) {
    int capacity = plan.resources().getOrDefault(name, 1);
    return add(new Resource(Resource.Kind.RESOURCE, name, capacity));
  }

  private int add(Resource resource) {
    resources.add(resource);
    return resources.size() - 1;
  }

  Project project(TaskGraph graph, List<FileLock> locks) {
    for (FileLock lock : locks) {
      int all = Math.max(1, lock.readers().size());
      int file = add(new Resource(Resource.Kind.FILE, lock.path(), all));
      lock.writers().forEach(task -> held.add(task, file, all));
      lock.readers().forEach(task -> held.add(task, file, 1));
    }
    Project project = Project.ofHeld(graph, resources, held);
    boolean alike = priorities.stream().distinct().count() < 2;
    return alike ? project : project.withClasses(classes(graph.size()));
  }

  /** Barriers are of the first class: they hold nothing. */
  private int[] classes(int size) {
    int[] classes = new int[size];
    for (int v = 0; v < priorities.size(); v++) {
      classes[v] = UrgentFirst.CLASSES.indexOf(priorities.get(v));
    }
    return classes;
  }
}
