package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanScheduleTest {

  private static final String[] PATHS = {
    "src/a/x.rs", "src/a/y.rs", "src/b/x.rs", "src/**", "src/a/*", "**/x.rs", "log"
  };

  @Test
  void tasksThatConflictOnAFileNeverOverlapInTime() {
    for (int seed = 0; seed < 150; seed++) {
      Plan plan = randomPlan(seed);

      Solution solution = Solver.solve(Project.of(plan, Map.of()), new Search(seed, 50));

      for (int a = 0; a < plan.tasks().size(); a++) {
        for (int b = a + 1; b < plan.tasks().size(); b++) {
          if (conflict(plan, plan.tasks().get(a), plan.tasks().get(b))) {
            assertThat(overlap(plan, solution.schedule(), a, b))
                .as("seed %d: %d and %d", seed, a, b)
                .isFalse();
          }
        }
      }
    }
  }

  @Test
  void aReaderThatWaitsForTheWritersMilestoneSharesTheFile() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("writer", 60, t -> t.writes("api").milestone("shape", 10))
            .task("reader", 60, t -> t.reads("api").needs("writer.shape"))
            .plan();

    Solution solution = Solver.solve(Project.of(plan, Map.of()), Search.DEFAULT);

    assertThat(solution.schedule().makespan()).isEqualTo(70 * 60_000L);
  }

  @Test
  void anInformedReaderStillTakesTurnsWithOtherWriters() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("writer", 60, t -> t.writes("api").milestone("shape", 10))
            .task("reader", 60, t -> t.reads("api").needs("writer.shape"))
            .task("other", 60, t -> t.writes("api"))
            .plan();

    Solution solution = Solver.solve(Project.of(plan, Map.of()), Search.DEFAULT);

    assertThat(solution.schedule().makespan()).isEqualTo(130 * 60_000L);
  }

  @Test
  void pathsOfOneGlobThatDoNotMeetDoNotTakeTurns() {
    Plan plan =
        new PlanBuilder()
            .pool("agent", 3)
            .task("a", 60, t -> t.writes("src/a/**"))
            .task("b", 60, t -> t.writes("src/b/**"))
            .task("all", 60, t -> t.reads("src/**"))
            .plan();

    Solution solution = Solver.solve(Project.of(plan, Map.of()), Search.DEFAULT);

    assertThat(solution.schedule().makespan()).isEqualTo(120 * 60_000L);
  }

  private static Plan randomPlan(int seed) {
    RandomStream random = new RandomStream(seed);
    PlanBuilder plan = new PlanBuilder().pool("agent", 3).policy("log", FilePolicy.Kind.APPEND);
    int size = 2 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      String need = i > 0 && random.nextInt(2) == 0 ? "t" + random.nextInt(i) : "";
      String milestone = random.nextInt(2) == 0 ? ".half" : "";
      String path = PATHS[random.nextInt(PATHS.length)];
      String other = PATHS[random.nextInt(PATHS.length)];
      plan.task(
          "t" + i,
          10,
          t -> {
            t.milestone("half", 5).writes(path).reads(other);
            return need.isEmpty() ? t : t.needs(need + milestone);
          });
    }
    return plan.plan();
  }

  private static boolean conflict(Plan plan, Task a, Task b) {
    if (isTold(a, b) || isTold(b, a)) {
      return false;
    }
    for (FileAccess left : plan.locksOf(a)) {
      for (FileAccess right : plan.locksOf(b)) {
        if (left.conflictsWith(right)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Left out here: whether they share then depends on who reads; tested above. */
  private static boolean isTold(Task reader, Task writer) {
    return reader.needs().stream()
        .anyMatch(need -> need.milestone() != null && need.task().equals(writer.id()));
  }

  private static boolean overlap(Plan plan, Schedule schedule, int a, int b) {
    long endOfA = schedule.start(a) + plan.tasks().get(a).duration().toMillis();
    long endOfB = schedule.start(b) + plan.tasks().get(b).duration().toMillis();
    return schedule.start(a) < endOfB && schedule.start(b) < endOfA;
  }
}
