package dev.makespan.core.analysis;

import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.FileLock;
import dev.makespan.core.schedule.FileLocks;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds unordered tasks that touch one file, and what it costs to let them take turns. */
final class Hazards {

  /** So many hazards are priced by scheduling again without their lock; the rest as costing 0. */
  static final int MAX_PRICED = 100;

  /** About so many tasks are placed anew for the prices of all hazards together. */
  static final int MAX_PLACED_AGAIN = 2_000_000;

  private final Plan plan;
  private final TaskGraph graph;
  private final Map<Role, Integer> pools;
  private final Search search;

  Hazards(Plan plan, TaskGraph graph, Map<Role, Integer> pools, Search search) {
    this.plan = plan;
    this.graph = graph;
    this.pools = pools;
    this.search = search;
  }

  /**
   * @param locks what the schedule respects
   * @param schedule its makespan
   */
  List<Hazard> find(List<FileLock> locks, long schedule) {
    Map<String, List<FileLock>> byPath = new TreeMap<>();
    for (FileLock lock : hasSteps() ? FileLocks.withSteps(plan, graph) : locks) {
      byPath.computeIfAbsent(lock.path(), path -> new ArrayList<>()).add(lock);
    }
    int affordable = MAX_PLACED_AGAIN / Math.max(1, graph.size());
    int priced = Math.min(MAX_PRICED, Math.min(byPath.size(), affordable / 10));
    Search again =
        new Search(
            search.seed(), Math.clamp(affordable / Math.max(1, priced), 1, search.schedules()));
    List<Hazard> hazards = new ArrayList<>();
    byPath.forEach((path, found) -> {
      long cost = hazards.size() < priced ? cost(path, found, locks, schedule, again) : 0;
      hazards.add(hazard(path, found, cost));
    });
    return hazards;
  }

  private boolean hasSteps() {
    return plan.tasks().stream().anyMatch(task -> !task.steps().isEmpty());
  }

  /** A file of steps alone is no lock yet: then the price is what making it one would cost. */
  private long cost(
      String path, List<FileLock> found, List<FileLock> locks, long schedule, Search again) {
    List<FileLock> others = locks.stream().filter(lock -> !lock.path().equals(path)).toList();
    if (others.size() < locks.size()) {
      return Math.max(0, schedule - makespan(others, again));
    }
    List<FileLock> all = new ArrayList<>(locks);
    all.addAll(found);
    return Math.max(0, makespan(all, again) - schedule);
  }

  private long makespan(List<FileLock> locks, Search again) {
    return Solver.solve(Project.of(plan, graph, pools, locks), again).schedule().makespan();
  }

  private Hazard hazard(String path, List<FileLock> found, long cost) {
    TreeSet<Integer> tasks = new TreeSet<>();
    boolean twoWrite = false;
    for (FileLock lock : found) {
      tasks.addAll(lock.writers());
      tasks.addAll(lock.readers());
      twoWrite |= lock.writers().size() > 1;
    }
    return new Hazard(
        path,
        twoWrite ? Hazard.WRITE_WRITE : Hazard.READ_WRITE,
        tasks.stream().map(task -> plan.tasks().get(task).id()).toList(),
        Duration.ofMillis(cost));
  }
}
