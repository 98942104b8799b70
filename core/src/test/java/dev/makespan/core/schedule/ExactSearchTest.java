package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExactSearchTest {

  private static final long PLENTY = 1_000_000;

  @Test
  void smallProjectsAreProvedToTheOptimumThatBruteForceFinds() {
    for (int seed = 0; seed < 3_000; seed++) {
      Project project = RandomProjects.of(seed, 1 + seed % 7, 4, 1 + seed % 3);

      ExactSearch exact = search(project, PLENTY);

      long optimum = BruteForce.makespan(project);
      assertThat(makespan(project, exact)).as("seed %d", seed).isEqualTo(optimum);
      assertThat(exact.bound()).as("seed %d", seed).isEqualTo(optimum);
      assertThat(ScheduleCheck.violations(project, exact.best())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void middlingProjectsAreProvedToTheOptimumThatEveryOrderOfTasksGives() {
    for (int seed = 0; seed < 200; seed++) {
      Project project = RandomProjects.of(seed, 10 + seed % 5, 6, 2.5);

      ExactSearch exact = search(project, PLENTY);

      long optimum = ListEnumeration.makespan(project);
      assertThat(makespan(project, exact)).as("seed %d", seed).isEqualTo(optimum);
      assertThat(exact.bound()).as("seed %d", seed).isEqualTo(optimum);
    }
  }

  @Test
  void whateverTheStepsTheBoundIsSoundAndTheScheduleCanBeRun() {
    for (int seed = 0; seed < 150; seed++) {
      Project project = RandomProjects.of(seed, 40, 20, 1.5);
      long found = Solver.solve(project, new Search(seed, 3_000, 1, 0)).schedule().makespan();

      ExactSearch exact = search(project, 20L * seed);

      assertThat(exact.bound()).as("seed %d", seed).isLessThanOrEqualTo(found);
      assertThat(ScheduleCheck.violations(project, exact.best())).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aKnownScheduleIsNeverRefutedByWindows() {
    for (int seed = 0; seed < 300; seed++) {
      Project project = RandomProjects.of(seed, 5 + seed % 30, 12, 1.5);
      long known = Solver.solve(project, new Search(seed, 300, 1, 0)).schedule().makespan();

      boolean refuted = new Windows(project).refute(known);

      assertThat(refuted).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void stepsAreALimit() {
    Project project = RandomProjects.of(4, 60, 30, 0.5);

    ExactSearch exact = search(project, 2_000);

    assertThat(exact.steps()).isBetween(1L, 4_000L);
  }

  @Test
  void aWatchEndsTheSearch() {
    Project project = RandomProjects.of(4, 60, 30, 0.5);

    ExactSearch exact = new ExactSearch(project, byRule(project), 0, () -> true);
    exact.run(PLENTY);

    assertThat(exact.steps()).isLessThan(10_000);
  }

  @Test
  void theSameProjectGivesTheSameTwice() {
    for (int seed = 0; seed < 20; seed++) {
      Project project = RandomProjects.of(seed, 40, 20, 1);

      ExactSearch first = search(project, 20_000);
      ExactSearch second = search(project, 20_000);

      assertThat(second.best()).isEqualTo(first.best());
      assertThat(second.bound()).isEqualTo(first.bound());
      assertThat(second.steps()).isEqualTo(first.steps());
    }
  }

  @Test
  void aResourceGoesByPairsWhenNoLargerSetIsTooMuchByItself() {
    assertThat(StartTimeModel.isPaired(new int[] {3, 1, 1, 3, 1, 0}, 3)).isTrue();
    assertThat(StartTimeModel.isPaired(new int[] {1, 1, 1}, 1)).isTrue();
    assertThat(StartTimeModel.isPaired(new int[] {1, 1, 1}, 2)).isFalse();
    assertThat(StartTimeModel.isPaired(new int[] {1, 1, 3}, 4)).isFalse();
    assertThat(StartTimeModel.isPaired(new int[] {2, 2, 4}, 5)).isTrue();
  }

  @Test
  void whatIsTooLargeOrTooFineIsNotAsked() {
    assertThat(ExactSearch.canProve(RandomProjects.of(1, ExactSearch.MAX_TASKS, 9, 1))).isTrue();
    assertThat(ExactSearch.canProve(RandomProjects.of(1, ExactSearch.MAX_TASKS + 1, 9, 1)))
        .isFalse();
    assertThat(ExactSearch.canProve(RandomProjects.of(1, 200, 1 << 30, 1))).isFalse();
    assertThat(ExactSearch.canProve(RandomProjects.of(1, 0, 9, 1))).isFalse();
  }

  private static ExactSearch search(Project project, long steps) {
    ExactSearch exact = new ExactSearch(project, byRule(project), 0, SearchWatch.NONE);
    exact.run(steps);
    return exact;
  }

  private static long[] byRule(Project project) {
    return SerialGeneration.starts(project, PriorityRule.LATEST_FINISH.ranks(project.graph()));
  }

  private static long makespan(Project project, ExactSearch exact) {
    return Schedule.of(project.graph(), exact.best()).makespan();
  }
}
