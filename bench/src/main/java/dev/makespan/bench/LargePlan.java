package dev.makespan.bench;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Coordination;
import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A plan in layers of {@value #LAYER} tasks from a seed. Half as many files as tasks, a third of
 * the accesses are writes. Ids and the order of tasks say nothing of the layers.
 */
final class LargePlan {

  /** How far needs reach back. */
  enum Shape {
    /** All of them one to three layers. */
    LOCAL,
    /** Nine of ten one to three layers, the tenth any number. */
    LONG
  }

  static final Role ROLE = new Role("agent");
  static final int LAYER = 100;
  private static final int FAR_IN = 10;
  private static final int MAX_DRAWS = 4;

  private final SplittableRandom random;
  private final Shape shape;
  private final int tasks;
  private final double needsPerTask;
  private final double accessesPerTask;
  private final boolean uncertain;
  private final int[] place;

  /**
   * A plan that is not made yet.
   *
   * @param uncertain whether durations are three points
   */
  LargePlan(Shape shape, long seed, int tasks, int needs, int accesses, boolean uncertain) {
    this.random = new SplittableRandom(seed);
    this.shape = shape;
    this.tasks = tasks;
    this.needsPerTask = (double) needs / Math.max(1, tasks - LAYER);
    this.accessesPerTask = (double) accesses / tasks;
    this.uncertain = uncertain;
    this.place = shuffled(tasks);
  }

  private int[] shuffled(int size) {
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      all[i] = all[j];
      all[j] = i;
    }
    return all;
  }

  Plan plan() {
    Task[] all = new Task[tasks];
    for (int v = 0; v < tasks; v++) {
      all[place[v]] = task(v);
    }
    return new Plan(
        "large",
        "Large",
        Duration.ofHours(24),
        List.of(),
        Map.of(ROLE, 1),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(all),
        List.of(),
        null,
        0,
        Budget.NONE,
        Coordination.NONE,
        Dispatching.DEFAULT);
  }

  private Task task(int v) {
    return new Task(
        id(v),
        "Task " + v,
        Placement.in(ROLE),
        estimate(),
        needs(v),
        List.of(),
        accesses(v),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Execution.DEFAULT,
        Completion.NONE,
        Budget.NONE);
  }

  private TaskId id(int v) {
    return new TaskId("t" + place[v]);
  }

  private Estimate estimate() {
    Duration likely = Duration.ofMinutes(1 + random.nextInt(60));
    if (!uncertain) {
      return Estimate.exactly(likely);
    }
    Duration optimistic = likely.multipliedBy(5 + random.nextInt(5)).dividedBy(10);
    Duration pessimistic = likely.multipliedBy(11 + random.nextInt(20)).dividedBy(10);
    return new Estimate(optimistic, likely, pessimistic, null, false);
  }

  private List<Need> needs(int v) {
    Set<Need> needs = new LinkedHashSet<>();
    int layer = v / LAYER;
    int wanted = layer == 0 ? 0 : count(needsPerTask);
    for (int k = wanted * MAX_DRAWS; k > 0 && needs.size() < wanted; k--) {
      boolean far = shape == Shape.LONG && random.nextInt(FAR_IN) == 0;
      int back = 1 + random.nextInt(far ? layer : Math.min(3, layer));
      needs.add(Need.of(id((layer - back) * LAYER + random.nextInt(LAYER))));
    }
    return List.copyOf(needs);
  }

  /** Mostly files of its own part of the plan, so that few meet without an order. */
  private List<FileAccess> accesses(int v) {
    Map<FilePattern, FileAccess> accesses = new LinkedHashMap<>();
    int wanted = count(accessesPerTask);
    for (int k = wanted * MAX_DRAWS; k > 0 && accesses.size() < wanted; k--) {
      int file = Math.max(0, v / 2 - random.nextInt(LAYER));
      FilePattern path = new FilePattern("src/m" + file / LAYER + "/f" + file + ".rs");
      FileMode mode = random.nextInt(3) == 0 ? FileMode.WRITE : FileMode.READ;
      accesses.putIfAbsent(path, new FileAccess(path, mode));
    }
    return List.copyOf(accesses.values());
  }

  private int count(double average) {
    int whole = (int) average;
    return whole + (random.nextDouble() < average - whole ? 1 : 0);
  }
}
