package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class IslandsTest {

  private static final Project HARD = RandomProjects.of(3, 80, 20, 1.5);

  @Test
  void anyNumberOfThreadsFindsTheSame() {
    Search search = new Search(5, 30_000, 4);
    Solution alone = Solver.solve(HARD, search);

    for (int threads : new int[] {1, 2, 4}) {
      try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
        Solution shared = Solver.solve(HARD, search, SearchWatch.NONE, pool);

        assertThat(shared.schedule().starts())
            .as("%d threads", threads)
            .isEqualTo(alone.schedule().starts());
        assertThat(shared.schedules()).as("%d threads", threads).isEqualTo(alone.schedules());
      }
    }
  }

  @Test
  void islandsFindSchedulesThatCanBeRunWithinTheirNumber() {
    for (int seed = 0; seed < 20; seed++) {
      Project project = RandomProjects.of(seed, 20 + 5 * seed, 20, 1.5);

      Solution solution = Solver.solve(project, new Search(seed, 3_000, 1 + seed % 5));

      assertThat(ScheduleCheck.violations(project, solution.schedule().starts()))
          .as("seed %d", seed)
          .isEmpty();
      assertThat(solution.schedule().makespan())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(solution.bound().value());
    }
  }

  @Test
  void anEndedSearchOfIslandsIsFoundAgainByItsNumberOfSchedules() {
    for (int seed = 0; seed < 10; seed++) {
      Project project = RandomProjects.of(seed, 80, 20, 1.5);
      Calls watch = new Calls(3 + 5 * seed);
      Solution ended = Solver.solve(project, new Search(seed, 1_000_000, 3), watch);

      Search again = new Search(seed, (int) ended.schedules(), 3);

      assertThat(Solver.solve(project, again).schedule().starts())
          .as("seed %d", seed)
          .isEqualTo(ended.schedule().starts());
    }
  }

  /** Ends a search when it was asked so often. */
  static final class Calls implements SearchWatch {
    private final int most;
    private int asked;

    Calls(int most) {
      this.most = most;
    }

    @Override
    public boolean isOver() {
      return ++asked > most;
    }
  }
}
