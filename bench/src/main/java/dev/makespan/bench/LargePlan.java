package dev.makespan.bench;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Coordination;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A plan in layers from a seed: nine needs of ten reach back one to three layers, the tenth
 * anywhere; half as many files as tasks, a third of the accesses are writes.
 */
final class LargePlan {

  static final Role ROLE = new Role("agent");
  private static final int LAYER = 100;

  private final SplittableRandom random;
  private final int tasks;
  private final double needsPerTask;
  private final double accessesPerTask;

  LargePlan(long seed, int tasks, int needs, int accesses) {
    this.random = new SplittableRandom(seed);
    this.tasks = tasks;
    this.needsPerTask = (double) needs / tasks;
    this.accessesPerTask = (double) accesses / tasks;
  }

  Plan plan() {
    List<Task> all = new ArrayList<>();
    for (int v = 0; v < tasks; v++) {
      all.add(task(v));
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
        all,
        List.of(),
        null,
        0,
        Budget.NONE,
        Coordination.NONE);
  }

  private Task task(int v) {
    return new Task(
        id(v),
        "Task " + v,
        Placement.in(ROLE),
        Estimate.exactly(Duration.ofMinutes(1 + random.nextInt(60))),
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

  private static TaskId id(int v) {
    return new TaskId("t" + v);
  }

  private List<Need> needs(int v) {
    List<Need> needs = new ArrayList<>();
    int layer = v / LAYER;
    for (int k = count(needsPerTask); k > 0 && layer > 0; k--) {
      int back = 1 + random.nextInt(random.nextInt(10) == 0 ? layer : Math.min(3, layer));
      needs.add(Need.of(id((layer - back) * LAYER + random.nextInt(LAYER))));
    }
    return needs;
  }

  /** Mostly files of its own part of the plan, so that few meet without an order. */
  private List<FileAccess> accesses(int v) {
    List<FileAccess> accesses = new ArrayList<>();
    for (int k = count(accessesPerTask); k > 0; k--) {
      int file = Math.max(0, v / 2 - random.nextInt(LAYER));
      FileMode mode = random.nextInt(3) == 0 ? FileMode.WRITE : FileMode.READ;
      accesses.add(
          new FileAccess(new FilePattern("src/m" + file / LAYER + "/f" + file + ".rs"), mode));
    }
    return accesses;
  }

  private int count(double average) {
    int whole = (int) average;
    return whole + (random.nextDouble() < average - whole ? 1 : 0);
  }
}
