package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several random runs at once, with agents that come, go, refuse and finish in random order. */
@Tag("lives")
class DispatchPromisesTest {

  private static final int RUNS = 3;

  @Test
  void nothingIsHeldTwiceNobodyIsForgottenAndEveryRunEnds() {
    int waited = 0;
    int reserved = 0;
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      Floor floor =
          new Floor().agents("dev", 3).agent("ops-1", 2, "ops").agent("any", 2, "ops", "dev");
      for (int run = 1; run <= RUNS; run++) {
        Plan plan = RandomPlans.plan("r" + run + "x", chance);
        floor.start(run, plan);
      }
      for (int step = 0; step < 1_000 && !allDone(floor); step++) {
        step(floor, chance);
        for (int run = 1; run <= RUNS; run++) {
          String where = "seed " + seed + ", step " + step + ", run " + run;
          check(floor.run(run), where);
          LiveRun live = Objects.requireNonNull(floor.books().findRun(new RunId(run)));
          checkNobodyIsForgotten(floor, live, where);
          reserved += live.reserving() == TaskHeap.NONE ? 0 : 1;
          waited += hasReady(live.run()) ? 1 : 0;
        }
      }
      assertThat(allDone(floor)).as("seed " + seed + " running " + floor.running()).isTrue();
    }
    assertThat(waited).isGreaterThan(10_000);
    assertThat(reserved).isGreaterThan(3_000);
  }

  private static void step(Floor floor, SplittableRandom chance) {
    List<String> running = floor.running();
    int what = chance.nextInt(10);
    if (running.isEmpty() || what == 0) {
      floor.wait(Duration.ofSeconds(1 + chance.nextInt(40)));
    } else if (what == 1) {
      floor.begin();
    } else if (what == 2) {
      floor.refuseIfNotBegun(running.get(chance.nextInt(running.size())));
    } else if (what == 3) {
      floor.agent("late-" + chance.nextInt(2), 1, chance.nextBoolean() ? "dev" : "ops");
    } else {
      floor.finish(running.get(chance.nextInt(running.size())));
    }
  }

  private static boolean allDone(Floor floor) {
    for (int run = 1; run <= RUNS; run++) {
      if (floor.run(run).state() != RunState.DONE) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasReady(Run run) {
    for (int i = 0; i < run.size(); i++) {
      if (run.life(i).state() instanceof TaskState.Ready) {
        return true;
      }
    }
    return false;
  }

  private static void check(Run run, String where) {
    List<Task> live = new ArrayList<>();
    Map<String, Integer> used = new LinkedHashMap<>();
    for (int i = 0; i < run.size(); i++) {
      if (run.life(i).state().liveFence() != 0) {
        Task task = run.task(i);
        live.forEach(other -> checkLocks(run.spec().plan(), task, other, where));
        live.add(task);
        task.uses().forEach((name, units) -> used.merge(name, units, Integer::sum));
      }
    }
    used.forEach((name, units) ->
        assertThat(units)
            .as(where + ": " + name)
            .isLessThanOrEqualTo(run.spec().plan().resources().get(name)));
  }

  private static void checkLocks(Plan plan, Task one, Task other, String where) {
    if (one.waitsForMilestoneOf(other.id()) || other.waitsForMilestoneOf(one.id())) {
      return;
    }
    for (FileAccess a : plan.locksOf(one)) {
      for (FileAccess b : plan.locksOf(other)) {
        assertThat(a.conflictsWith(b))
            .as(where + ": " + one.id() + " and " + other.id() + " at " + a.path())
            .isFalse();
      }
    }
  }

  /** A ready task that lacks nothing, with a free agent, would have been started. */
  private static void checkNobodyIsForgotten(Floor floor, LiveRun live, String where) {
    for (int i = 0; i < live.run().size(); i++) {
      boolean mayStart =
          live.run().life(i).state() instanceof TaskState.Ready
              && (live.reserving() == TaskHeap.NONE || live.reserving() == i)
              && live.findObstacle(i, floor.now()) == null;
      if (mayStart) {
        TaskRef next = new TaskRef(live.run().spec().id(), live.run().task(i).id(), Long.MAX_VALUE);
        assertThat(
                floor.books().fleet().findFree(live.run().task(i).role(), next, null, floor.now()))
            .as(where + ": an agent for " + live.run().task(i).id())
            .isNull();
      }
    }
  }
}
