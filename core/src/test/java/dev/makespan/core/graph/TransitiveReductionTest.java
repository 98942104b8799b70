package dev.makespan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TransitiveReductionTest {

  @Test
  void exactlyTheNeedsThatNoOrderHangsOnAreImplied() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = 2 + random.nextInt(12);
      List<int[]> edges = new ArrayList<>();
      for (int v = 1; v < size; v++) {
        for (int u = 0; u < v; u++) {
          if (random.nextInt(3) == 0) {
            edges.add(new int[] {u, v});
          }
        }
      }

      List<int[]> implied = TransitiveReduction.impliedNeeds(graph(size, edges));

      assertThat(implied.stream().map(edge -> edge[0] + "-" + edge[1]).toList())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              edges.stream()
                  .filter(edge -> reaches(size, edges, edge))
                  .map(edge -> edge[0] + "-" + edge[1])
                  .toList());
    }
  }

  @Test
  void aMilestoneOnTheWayImpliesNoWholeNeed() {
    var plan =
        new PlanBuilder()
            .task("a", 60, t -> t.milestone("m", 1))
            .task("b", 1, t -> t.needs("a.m"))
            .task("c", 1, t -> t.needs("a", "b"))
            .plan();

    assertThat(TransitiveReduction.impliedNeeds(TaskGraph.of(plan))).isEmpty();
  }

  @Test
  void aMilestoneNeedIsNeverImplied() {
    var plan =
        new PlanBuilder()
            .task("a", 60, t -> t.milestone("m", 1))
            .task("b", 1, t -> t.needs("a"))
            .task("c", 1, t -> t.needs("a.m", "b"))
            .plan();

    assertThat(TransitiveReduction.impliedNeeds(TaskGraph.of(plan))).isEmpty();
  }

  @Test
  void moreTargetsThanFitABlockAreAllLookedAt() {
    int size = 2 * BlockSweep.BLOCK + 10;
    List<int[]> edges = new ArrayList<>();
    for (int v = 1; v < size; v++) {
      edges.add(new int[] {v - 1, v});
      if (v > 1) {
        edges.add(new int[] {v - 2, v});
      }
    }

    List<int[]> implied = TransitiveReduction.impliedNeeds(graph(size, edges));

    assertThat(implied).hasSize(size - 2).allMatch(edge -> edge[1] == edge[0] + 2);
  }

  private static TaskGraph graph(int size, List<int[]> edges) {
    return TaskGraph.of(
        new long[size],
        edges.stream().mapToInt(edge -> edge[0]).toArray(),
        edges.stream().mapToInt(edge -> edge[1]).toArray(),
        edges.stream().mapToLong(edge -> TaskGraph.FINISH_TO_START).toArray());
  }

  /** Whether the target is still behind the source without the edge between them. */
  private static boolean reaches(int size, List<int[]> edges, int[] without) {
    boolean[] reached = new boolean[size];
    reached[without[0]] = true;
    for (int v = without[0]; v < size; v++) {
      for (int[] edge : edges) {
        if ((edge[0] != without[0] || edge[1] != without[1]) && edge[0] == v && reached[v]) {
          reached[edge[1]] = true;
        }
      }
    }
    return reached[without[1]];
  }
}
