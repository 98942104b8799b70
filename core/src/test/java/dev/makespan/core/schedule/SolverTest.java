package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

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
  void theCheckSeesWhatIsWrong() {
    Project project = RandomProjects.of(5, 30, 9, 1.5);

    long[] allAtOnce = new long[project.size()];

    assertThat(ScheduleCheck.violations(project, allAtOnce))
        .anyMatch(line -> line.startsWith("task"))
        .anyMatch(line -> line.startsWith("staging"));
  }
}
