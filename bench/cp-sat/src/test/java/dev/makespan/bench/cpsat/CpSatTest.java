package dev.makespan.bench.cpsat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.bench.Yardstick;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Resource;
import dev.makespan.core.schedule.ScheduleCheck;
import dev.makespan.core.schedule.Search;
import dev.makespan.core.schedule.Solver;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CpSatTest {

  private static final Yardstick CP_SAT = ServiceLoader.load(Yardstick.class).iterator().next();

  @Test
  void smallProjectsAreSolvedAsTheOwnProofSays() {
    for (int seed = 0; seed < 20; seed++) {
      Project project = project(new SplittableRandom(seed));
      long shortest = Solver.solve(project, Search.DEFAULT).schedule().makespan();

      Yardstick.Found found = CP_SAT.solve(project, Duration.ofMinutes(5), 1);

      assertThat(found.isProven()).isTrue();
      long[] starts = found.starts().stream().mapToLong(Long::longValue).toArray();
      assertThat(ScheduleCheck.violations(project, starts)).as("seed %d", seed).isEmpty();
      assertThat(found.makespan(project)).as("seed %d", seed).isEqualTo(shortest);
    }
  }

  /** Seven tasks with lags of all kinds on two resources. */
  private static Project project(SplittableRandom random) {
    int size = 7;
    long[] durations = random.longs(size, 1, 9).toArray();
    int[] from = {0, 0, 1, 2};
    int[] to = {2, 3, 4, 5};
    long[] lags = {TaskGraph.FINISH_TO_START, 1 + random.nextInt(4), 0, TaskGraph.FINISH_TO_START};
    int[][] demands = new int[size][];
    for (int v = 0; v < size; v++) {
      demands[v] = new int[] {random.nextInt(4), random.nextInt(2)};
    }
    List<Resource> resources =
        List.of(
            new Resource(Resource.Kind.ROLE, "dev", 4),
            new Resource(Resource.Kind.RESOURCE, "lab", 1));
    return Project.of(TaskGraph.of(durations, from, to, lags), resources, demands);
  }
}
