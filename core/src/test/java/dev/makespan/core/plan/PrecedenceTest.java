package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cycles against an oracle: reachability by repeated squaring over small random graphs. */
class PrecedenceTest {

  @Test
  void aGraphHasCyclesWhenAndOnlyWhenSomethingReachesItself() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      int size = 1 + random.nextInt(8);
      boolean[][] needs = needs(size, random);

      List<int[]> cycles = Precedence.of(tasks(needs), List.of()).cycles();

      assertThat(cycles.isEmpty()).isEqualTo(!reachesItself(needs));
      cycles.forEach(cycle -> assertThat(isCycle(cycle, needs)).isTrue());
    }
  }

  @Test
  void theCriticalPathGoesFromMilestonesAndThroughBarriers() {
    Phase first = new Phase(new PhaseId("first"), "", true, List.of());
    Phase second = new Phase(new PhaseId("second"), "", false, List.of());
    Task a = task("a", 5, List.of(), first, new Milestone(new MilestoneId("m"), "", seconds(1)));
    Task b = task("b", 3, List.of(new Need(a.id(), new MilestoneId("m"))), first);
    Task c = task("c", 2, List.of(), second);

    Precedence precedence = Precedence.of(List.of(a, b, c), List.of(first, second));

    assertThat(precedence.criticalPathMillis()).isEqualTo(7_000);
  }

  /** The check of a plan and its schedule see the same needs, milestones and barriers. */
  @Test
  void theCriticalPathIsThatOfTheGraphThatIsScheduled() {
    for (int seed = 0; seed < 300; seed++) {
      Plan plan = phased(new Random(seed));

      long path = Precedence.of(plan.tasks(), plan.phases()).criticalPathMillis();

      assertThat(path)
          .as("seed %d", seed)
          .isEqualTo(LongestPaths.length(LongestPaths.tails(TaskGraph.of(plan))));
    }
  }

  private static Plan phased(Random random) {
    PlanBuilder plan = new PlanBuilder();
    int phases = random.nextInt(4);
    for (int p = 0; p < phases; p++) {
      plan.phase("p" + p, random.nextInt(3) > 0);
    }
    int last = 0;
    for (int i = 0; i < 8; i++) {
      last = phases == 0 ? 0 : Math.min(phases - 1, last + random.nextInt(2));
      String phase = phases == 0 || random.nextInt(4) == 0 ? "" : "p" + last;
      String need = i == 0 || random.nextBoolean() ? "" : "t" + random.nextInt(i);
      String milestone = random.nextBoolean() ? "" : ".half";
      plan.task(
          "t" + i,
          10 + random.nextInt(50),
          t -> {
            t.milestone("half", 7);
            PlanBuilder.Line line = phase.isEmpty() ? t : t.phase(phase);
            return need.isEmpty() ? line : line.needs(need + milestone);
          });
    }
    return plan.plan();
  }

  private static boolean[][] needs(int size, Random random) {
    boolean[][] needs = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        needs[i][j] = i != j && random.nextInt(size) == 0;
      }
    }
    return needs;
  }

  private static List<Task> tasks(boolean[][] needs) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < needs.length; i++) {
      List<Need> of = new ArrayList<>();
      for (int j = 0; j < needs.length; j++) {
        if (needs[i][j]) {
          of.add(Need.of(new TaskId("t" + j)));
        }
      }
      tasks.add(task("t" + i, 1, of, null));
    }
    return tasks;
  }

  private static boolean reachesItself(boolean[][] needs) {
    int n = needs.length;
    boolean[][] reach = new boolean[n][];
    for (int i = 0; i < n; i++) {
      reach[i] = needs[i].clone();
    }
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          reach[i][j] |= reach[i][k] && reach[k][j];
        }
      }
    }
    boolean any = false;
    for (int i = 0; i < n; i++) {
      any |= reach[i][i];
    }
    return any;
  }

  private static boolean isCycle(int[] cycle, boolean[][] needs) {
    for (int i = 0; i < cycle.length; i++) {
      if (!needs[cycle[i]][cycle[(i + 1) % cycle.length]]) {
        return false;
      }
    }
    return cycle.length > 1;
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static Task task(
      String id, int seconds, List<Need> needs, @Nullable Phase phase, Milestone... milestones) {
    return new Task(
        new TaskId(id),
        id,
        new Placement(
            phase == null ? null : phase.id(), new Role("agent"), Priority.P2, null, Map.of()),
        Estimate.exactly(seconds(seconds)),
        needs,
        List.of(),
        List.of(),
        Map.of(),
        List.of(milestones),
        List.of(),
        List.of(),
        Execution.DEFAULT,
        Completion.NONE,
        Budget.NONE);
  }
}
