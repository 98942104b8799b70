package dev.makespan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReachabilityTest {

  @Test
  void everyPairOfSmallGraphsIsOrderedExactlyWhenAWholeNeedLeadsOn() {
    for (int seed = 0; seed < 200; seed++) {
      TaskGraph graph = random(seed, 2 + seed % 15, 3);
      int size = graph.size();
      int[] first = new int[size * size];
      int[] second = new int[size * size];
      for (int q = 0; q < first.length; q++) {
        first[q] = q / size;
        second[q] = q % size;
      }

      boolean[] ordered = new Reachability(graph).ordered(first, second);

      for (int q = 0; q < first.length; q++) {
        assertThat(ordered[q])
            .as("seed %d: %d before %d", seed, first[q], second[q])
            .isEqualTo(finishesBefore(graph, first[q], second[q]));
      }
    }
  }

  @Test
  void questionsAboutMoreTasksThanFitABlockAreAnsweredAlike() {
    TaskGraph graph = random(7, 3_000, 1_000);
    SplittableRandom random = new SplittableRandom(7);
    int[] first = random.ints(4_000, 0, graph.size()).toArray();
    int[] second = random.ints(4_000, 0, graph.size()).toArray();

    boolean[] ordered = new Reachability(graph).ordered(first, second);

    for (int q = 0; q < first.length; q++) {
      assertThat(ordered[q]).isEqualTo(finishesBefore(graph, first[q], second[q]));
    }
    assertThat(ordered).contains(true, false);
  }

  @Test
  void noQuestionsHaveNoAnswers() {
    assertThat(new Reachability(random(1, 5, 2)).ordered(new int[0], new int[0])).isEmpty();
  }

  /** One of {@code rarity} possible needs is there, a third of them for a milestone. */
  private static TaskGraph random(long seed, int size, int rarity) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] names = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      names[i] = names[j];
      names[j] = i;
    }
    List<int[]> edges = new ArrayList<>();
    List<Long> lags = new ArrayList<>();
    for (int v = 1; v < size; v++) {
      for (int u = 0; u < v; u++) {
        if (random.nextInt(rarity) == 0) {
          edges.add(new int[] {names[u], names[v]});
          lags.add(random.nextInt(3) == 0 ? 1 : TaskGraph.FINISH_TO_START);
        }
      }
    }
    return TaskGraph.of(
        new long[size],
        edges.stream().mapToInt(edge -> edge[0]).toArray(),
        edges.stream().mapToInt(edge -> edge[1]).toArray(),
        lags.stream().mapToLong(lag -> lag).toArray());
  }

  private static boolean finishesBefore(TaskGraph graph, int u, int v) {
    boolean[] reached = new boolean[graph.size()];
    for (int slot = graph.successorsBegin(u); slot < graph.successorsEnd(u); slot++) {
      reached[graph.successor(slot)] |= graph.successorWaitsForFinish(slot);
    }
    for (int i = 0; i < graph.size(); i++) {
      int w = graph.inOrder(i);
      for (int slot = graph.successorsBegin(w); slot < graph.successorsEnd(w); slot++) {
        reached[graph.successor(slot)] |= reached[w];
      }
    }
    return reached[v];
  }
}
