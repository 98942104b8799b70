package dev.makespan.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.makespan.core.plan.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskGraphTest {

  @Test
  void aMilestoneNeedCountsFromTheStart() {
    Plan plan =
        new PlanBuilder()
            .task("a", 60, a -> a.milestone("half", 30))
            .task("b", 10, b -> b.needs("a.half"))
            .plan();

    TaskGraph graph = TaskGraph.of(plan);

    assertThat(LongestPaths.heads(graph)).containsExactly(0, minutes(30));
    assertThat(LongestPaths.length(LongestPaths.tails(graph))).isEqualTo(minutes(60));
  }

  @Test
  void aBarrierHoldsEveryLaterPhaseAndNoTaskWithoutPhase() {
    Plan plan =
        new PlanBuilder()
            .phase("first", true)
            .phase("second", false)
            .phase("third", true)
            .phase("fourth", false)
            .task("a", 10, t -> t.phase("first"))
            .task("b", 20, t -> t.phase("first"))
            .task("c", 5, t -> t.phase("second"))
            .task("d", 5, t -> t.phase("third"))
            .task("e", 5, t -> t.phase("fourth"))
            .task("free", 5)
            .plan();

    TaskGraph graph = TaskGraph.of(plan);

    assertThat(graph.tasks()).isEqualTo(6);
    assertThat(LongestPaths.heads(graph))
        .startsWith(0, 0, minutes(20), minutes(20), minutes(25), 0);
    assertThat(graph.levels()).startsWith(0, 0, 1, 1, 2, 0);
  }

  @Test
  void aCycleIsRefusedAndNamed() {
    long[] durations = {1, 1, 1, 1};
    int[] from = {0, 1, 2, 3};
    int[] to = {1, 2, 3, 1};
    long[] lags = new long[4];

    assertThatThrownBy(() -> TaskGraph.of(durations, from, to, lags))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".*(1 -> 2 -> 3 -> 1|2 -> 3 -> 1 -> 2|3 -> 1 -> 2 -> 3)");
  }

  @Test
  void aChainOfAHundredThousandTasksNeedsNoStack() {
    int size = 100_000;
    long[] durations = new long[size];
    int[] from = new int[size - 1];
    int[] to = new int[size - 1];
    long[] lags = new long[size - 1];
    for (int i = 0; i + 1 < size; i++) {
      durations[i] = 1;
      from[i] = i + 1;
      to[i] = i;
      lags[i] = TaskGraph.FINISH_TO_START;
    }

    TaskGraph graph = TaskGraph.of(durations, from, to, lags);

    assertThat(graph.inOrder(0)).isEqualTo(size - 1);
    assertThat(graph.levels()[0]).isEqualTo(size - 1);
  }

  @Test
  void onlyAWholeNeedOrdersAndTheRestOfTheWayMayBeAnything() {
    Plan plan =
        new PlanBuilder()
            .task("a", 60, a -> a.milestone("early", 1))
            .task("b", 60, b -> b.needs("a.early").milestone("early", 1))
            .task("c", 60, c -> c.needs("b"))
            .task("d", 60, d -> d.needs("c").milestone("early", 1))
            .task("e", 60, e -> e.needs("d.early"))
            .plan();
    Reachability reachability = new Reachability(TaskGraph.of(plan));

    boolean[] ordered =
        reachability.ordered(new int[] {0, 0, 1, 1, 2, 3, 4}, new int[] {1, 2, 2, 4, 4, 4, 0});

    assertThat(ordered).containsExactly(false, false, true, true, true, false, false);
  }

  @Test
  void aSumOfDurationsThatALongCannotHoldIsRefused() {
    long most = TaskGraph.MAX_TOTAL;

    assertThat(graph(new long[] {most - 1, 1}, 0).duration(0)).isEqualTo(most - 1);
    assertThatThrownBy(() -> graph(new long[] {most, 1}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("durations");
    assertThatThrownBy(() -> graph(new long[] {-1, 2}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("durations");
    assertThat(graph(new long[] {1, 1}, most / 2).successorLag(0)).isEqualTo(most / 2);
    assertThatThrownBy(() -> graph(new long[] {1, 1}, most / 2 + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("offset");
  }

  @Test
  void backwardsEveryTaskEndsBeforeWhatItNeeded() {
    TaskGraph graph =
        TaskGraph.of(
            new long[] {10, 4, 3},
            new int[] {0, 0},
            new int[] {1, 2},
            new long[] {TaskGraph.FINISH_TO_START, 2});

    TaskGraph back = graph.reversed();

    assertThat(back.successorLag(back.successorsBegin(1))).isEqualTo(4);
    // c starts 2 after a or later, so a ends 10 - 2 - 3 after c ends, or sooner.
    assertThat(back.successorLag(back.successorsBegin(2))).isEqualTo(-5);
    assertThat(back.predecessorLag(back.predecessorsBegin(0))).isEqualTo(4);
    assertThat(back.predecessor(back.predecessorsBegin(0))).isEqualTo(1);
  }

  private static TaskGraph graph(long[] durations, long lag) {
    return TaskGraph.of(durations, new int[] {0}, new int[] {1}, new long[] {lag});
  }

  private static long minutes(int minutes) {
    return Duration.ofMinutes(minutes).toMillis();
  }
}
