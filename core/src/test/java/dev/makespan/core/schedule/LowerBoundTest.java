package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.TaskGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

  private static final Resource FILE = new Resource(Resource.Kind.FILE, "a.txt", 1);

  @Test
  void noBoundExceedsTheOptimumThatBruteForceFinds() {
    for (int seed = 0; seed < 2_000; seed++) {
      Project project = RandomProjects.of(seed, 1 + seed % 7, 4, 1 + seed % 3);
      long optimum = BruteForce.makespan(project);

      assertThat(LowerBound.of(project).value()).as("%d", seed).isLessThanOrEqualTo(optimum);
      assertThat(LowerBound.of(project, optimum).value())
          .as("%d", seed)
          .isLessThanOrEqualTo(optimum);
    }
  }

  @Test
  void theBindingResourceIsNamed() {
    Project project = writers(new long[] {3, 4, 2});

    LowerBound bound = LowerBound.of(project);

    assertThat(bound.value()).isEqualTo(9);
    assertThat(bound.binding()).isEqualTo(FILE);
  }

  @Test
  void aChainOfNeedsBindsWithoutAResource() {
    TaskGraph chain =
        TaskGraph.of(
            new long[] {3, 4},
            new int[] {0},
            new int[] {1},
            new long[] {TaskGraph.FINISH_TO_START});

    LowerBound bound = LowerBound.of(Project.of(chain, List.of(FILE), new int[][] {{1}, {0}}));

    assertThat(bound.value()).isEqualTo(7);
    assertThat(bound.binding()).isNull();
  }

  /** Of one machine the bound is Jackson's preemptive schedule, here found moment by moment. */
  @Test
  void aUnaryResourceIsBoundedAsIfItsTasksCouldBeInterrupted() {
    for (int seed = 0; seed < 500; seed++) {
      RandomStream random = new RandomStream(seed);
      int tasks = 1 + random.nextInt(6);
      long[] durations = new long[tasks];
      long[] heads = new long[tasks];
      long[] rests = new long[tasks];
      for (int v = 0; v < tasks; v++) {
        durations[v] = 1L + random.nextInt(5);
        heads[v] = random.nextInt(12);
        rests[v] = random.nextInt(12);
      }
      Project project = writers(durations);
      long[] tails = new long[tasks];
      for (int v = 0; v < tasks; v++) {
        tails[v] = durations[v] + rests[v];
      }

      long bound = new EnergyBound(project).of(0, heads, tails);

      assertThat(bound).as("seed %d", seed).isEqualTo(preemptive(durations, heads, rests));
    }
  }

  private static long preemptive(long[] durations, long[] heads, long[] rests) {
    long[] left = durations.clone();
    long makespan = 0;
    for (long t = 0; t < 100; t++) {
      int next = -1;
      for (int v = 0; v < left.length; v++) {
        if (left[v] > 0 && heads[v] <= t && (next < 0 || rests[v] > rests[next])) {
          next = v;
        }
      }
      if (next >= 0 && --left[next] == 0) {
        makespan = Math.max(makespan, t + 1 + rests[next]);
      }
    }
    return makespan;
  }

  private static Project writers(long[] durations) {
    TaskGraph graph = TaskGraph.of(durations, new int[0], new int[0], new long[0]);
    int[][] demands = new int[durations.length][];
    for (int v = 0; v < demands.length; v++) {
      demands[v] = new int[] {1};
    }
    return Project.of(graph, List.of(FILE), demands);
  }
}
