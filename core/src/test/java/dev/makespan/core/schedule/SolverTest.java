package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.TaskGraph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SolverTest {

  @Test
  void smallProjectsAreSolvedToTheOptimumThatBruteForceFinds() {
    for (int seed = 0; seed < 300; seed++) {
      Project project = RandomProjects.of(seed, 1 + seed % 7, 4, 1 + seed % 3);

      Solution solution = Solver.solve(project, new Search(seed, 1_000));

      long optimum = BruteForce.makespan(project);
      assertThat(solution.schedule().makespan()).as("seed %d", seed).isEqualTo(optimum);
      assertThat(solution.bound().value()).as("seed %d", seed).isLessThanOrEqualTo(optimum);
    }
  }

  @Test
  void noScheduleOfAnySizeBreaksAConstraintOrItsBound() {
    for (int seed = 0; seed < 60; seed++) {
      Project project = RandomProjects.of(seed, 5 * seed, 100, 0.5 + seed % 4);

      Solution solution = Solver.solve(project, new Search(seed, 200));

      assertThat(ScheduleCheck.violations(project, solution.schedule().starts()))
          .as("seed %d", seed)
          .isEmpty();
      assertThat(solution.schedule().makespan())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(solution.bound().value());
    }
  }

  @Test
  void everyRuleGivesSchedulesThatCanBeRunBothWays() {
    for (int seed = 0; seed < 50; seed++) {
      Project project = RandomProjects.of(seed, 40, 9, 1.5);

      for (PriorityRule rule : PriorityRule.values()) {
        int[] rank = rule.ranks(project.graph());
        long[] serial = SerialGeneration.starts(project, rank);
        long[] parallel = ParallelGeneration.starts(project, rank);

        assertThat(ScheduleCheck.violations(project, serial)).as("%s %d", rule, seed).isEmpty();
        assertThat(ScheduleCheck.violations(project, parallel)).as("%s %d", rule, seed).isEmpty();
      }
    }
  }

  @Test
  void justificationNeverMakesAScheduleLonger() {
    for (int seed = 0; seed < 100; seed++) {
      Project project = RandomProjects.of(seed, 30, 20, 1.5);
      long[] starts =
          SerialGeneration.starts(project, PriorityRule.EARLIEST_START.ranks(project.graph()));

      long[] justified = new Justification(project).improve(starts);

      assertThat(ScheduleCheck.violations(project, justified)).as("seed %d", seed).isEmpty();
      assertThat(Schedule.of(project.graph(), justified).makespan())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Schedule.of(project.graph(), starts).makespan());
    }
  }

  @Test
  void theSameSeedGivesTheSameScheduleTwice() {
    Project project = RandomProjects.of(3, 80, 20, 1.5);

    Solution first = Solver.solve(project, new Search(11, 2_000));
    Solution second = Solver.solve(project, new Search(11, 2_000));

    assertThat(second.schedule().starts()).isEqualTo(first.schedule().starts());
    assertThat(second.schedules()).isEqualTo(first.schedules());
  }

  @Test
  void anEndedSearchIsFoundAgainByItsNumberOfSchedules() {
    for (int seed = 0; seed < 40; seed++) {
      Project project = RandomProjects.of(seed, 60, 20, 1.5);
      Solution ended =
          Solver.solve(project, new Search(seed, 1_000_000), new IslandsTest.Calls(1 + 100 * seed));

      Solution again = Solver.solve(project, new Search(seed, (int) ended.schedules()));

      assertThat(again.schedule().starts())
          .as("seed %d", seed)
          .isEqualTo(ended.schedule().starts());
    }
  }

  @Test
  void aLongerSearchIsNeverWorse() {
    for (int seed = 0; seed < 20; seed++) {
      Project project = RandomProjects.of(seed, 60, 20, 1.5);
      long before = Long.MAX_VALUE;

      for (int schedules : new int[] {10, 100, 1_000, 5_000}) {
        long makespan = Solver.solve(project, new Search(seed, schedules)).schedule().makespan();

        assertThat(makespan).as("seed %d, %d", seed, schedules).isLessThanOrEqualTo(before);
        before = makespan;
      }
    }
  }

  @Test
  void oneMoreSlotIsNeverWorseThanTheGapAllows() {
    for (int seed = 0; seed < 60; seed++) {
      Solution few = Solver.solve(withWorkers(seed, 2), new Search(seed, 500));
      Solution more = Solver.solve(withWorkers(seed, 3), new Search(seed, 500));

      long gap = more.schedule().makespan() - more.bound().value();
      assertThat(more.schedule().makespan())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(few.schedule().makespan() + gap);
      assertThat(more.bound().value())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(few.schedule().makespan());
    }
  }

  @Test
  void permutedTasksOfAProvenProjectTakeAsLong() {
    int proven = 0;
    for (int seed = 0; seed < 60; seed++) {
      Project project = RandomProjects.of(seed, 12, 9, 1);
      Solution solution = Solver.solve(project, new Search(seed, 2_000));
      Solution turned = Solver.solve(turned(project), new Search(seed, 2_000));

      if (solution.isOptimal() && turned.isOptimal()) {
        proven++;
        assertThat(turned.schedule().makespan())
            .as("seed %d", seed)
            .isEqualTo(solution.schedule().makespan());
      }
    }
    assertThat(proven).isGreaterThan(10);
  }

  @Test
  void aPlanTooLargeToBeSearchedIsNoLongerThanByItsRule() {
    for (int seed = 0; seed < 3; seed++) {
      Project project = RandomProjects.of(seed, Solver.MAX_SEARCHED + 500, 20, 1.5);
      int[] rank = PriorityRule.LATEST_FINISH.ranks(project.graph());
      long[] byRule = ParallelGeneration.starts(project, rank);

      Solution solution = Solver.solve(project, new Search(seed, 2_000));

      assertThat(ScheduleCheck.violations(project, solution.schedule().starts())).isEmpty();
      assertThat(solution.schedule().makespan())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(Schedule.of(project.graph(), byRule).makespan());
      assertThat(solution.schedules()).as("seed %d", seed).isBetween(1L, 15L);
    }
  }

  private static Project withWorkers(int seed, int workers) {
    Project project = RandomProjects.of(seed, 40, 9, 1);
    List<Resource> resources = new ArrayList<>(project.resources());
    resources.set(0, new Resource(Resource.Kind.ROLE, "worker", workers));
    return Project.of(project.graph(), resources, demands(project));
  }

  private static int[][] demands(Project project) {
    int[][] demands = new int[project.size()][project.resources().size()];
    for (int v = 0; v < demands.length; v++) {
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        demands[v][project.demandResource(slot)] = project.demandUnits(slot);
      }
    }
    return demands;
  }

  /** The last task is the first. */
  private static Project turned(Project project) {
    TaskGraph graph = project.graph();
    int last = graph.size() - 1;
    long[] durations = new long[last + 1];
    int[][] demands = demands(project);
    int[][] turned = new int[last + 1][];
    List<long[]> edges = new ArrayList<>();
    for (int v = 0; v <= last; v++) {
      durations[last - v] = graph.duration(v);
      turned[last - v] = demands[v];
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        edges.add(new long[] {last - v, last - graph.successor(slot), graph.successorLag(slot)});
      }
    }
    int[] from = edges.stream().mapToInt(e -> (int) e[0]).toArray();
    int[] to = edges.stream().mapToInt(e -> (int) e[1]).toArray();
    long[] lags = edges.stream().mapToLong(e -> e[2]).toArray();
    return Project.of(TaskGraph.of(durations, from, to, lags), project.resources(), turned);
  }

  @Test
  void aSmallProjectThatBoundsLeaveOpenIsProved() {
    int proved = 0;
    for (int seed = 0; seed < 60; seed++) {
      Project project = RandomProjects.of(seed, 25, 10, 1.5);

      Solution open = Solver.solve(project, new Search(seed, 2_000, 1, 0));
      Solution solution = Solver.solve(project, new Search(seed, 2_000));

      assertThat(open.proofSteps()).as("seed %d", seed).isZero();
      assertThat(solution.bound().value())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(open.bound().value())
          .isLessThanOrEqualTo(open.schedule().makespan());
      proved += !open.isOptimal() && solution.isOptimal() ? 1 : 0;
    }
    assertThat(proved).isPositive();
  }

  @Test
  void theCheckSeesWhatIsWrong() {
    Project project = RandomProjects.of(5, 30, 9, 1.5);

    long[] allAtOnce = new long[project.size()];

    assertThat(ScheduleCheck.violations(project, allAtOnce))
        .anyMatch(line -> line.startsWith("task"))
        .anyMatch(line -> line.startsWith("staging"));
  }
}
