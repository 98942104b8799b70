package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
  void urgentTasksGoFirstWhereThatCostsNoTime() {
    Plan plan =
        new PlanBuilder()
            .task("a", 60, t -> t.priority(Priority.P3))
            .task("b", 60, t -> t.priority(Priority.P0))
            .task("c", 60)
            .plan();

    Schedule schedule = Solver.solve(Project.of(plan, Map.of()), Search.DEFAULT).schedule();

    assertThat(schedule.start(1)).isZero();
    assertThat(schedule.start(2)).isEqualTo(60 * 60_000L);
  }

  @Test
  void anUrgentTaskWaitsWhereTheScheduleWouldTakeLonger() {
    Plan plan =
        new PlanBuilder()
            .pool("dev", 1)
            .pool("ops", 1)
            .task("first", 60, t -> t.role("dev").priority(Priority.P3))
            .task("urgent", 60, t -> t.role("dev").priority(Priority.P0))
            .task("long", 120, t -> t.role("ops").needs("first"))
            .plan();

    Schedule schedule = Solver.solve(Project.of(plan, Map.of()), Search.DEFAULT).schedule();

    assertThat(schedule.makespan()).isEqualTo(180 * 60_000L);
    assertThat(schedule.start(1)).isEqualTo(60 * 60_000L);
  }

  @Test
  void prioritiesNeverLengthenASchedule() {
    int moved = 0;
    for (int seed = 0; seed < 100; seed++) {
      Plan plain = randomPlan(seed);
      SplittableRandom random = new SplittableRandom(seed);
      List<Task> tasks =
          plain.tasks().stream()
              .map(task ->
                  task.withPlacement(
                      urgent(task.placement(), UrgentFirst.CLASSES.get(random.nextInt(4)))))
              .toList();
      Plan urgent = plain.withTasks(tasks);
      Search search = new Search(seed, 50);

      Project project = Project.of(urgent, Map.of());
      Schedule now = Solver.solve(project, search).schedule();
      Schedule before = Solver.solve(Project.of(plain, Map.of()), search).schedule();

      assertThat(ScheduleCheck.violations(project, now.starts())).as("seed %d", seed).isEmpty();
      assertThat(now.makespan()).as("seed %d", seed).isLessThanOrEqualTo(before.makespan());
      moved += Arrays.equals(now.starts(), before.starts()) ? 0 : 1;
    }

    assertThat(moved).isGreaterThan(20);
  }

  private static Placement urgent(Placement placement, Priority priority) {
    return new Placement(
        placement.phase(), placement.role(), priority, placement.risk(), placement.labels());
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
