package dev.makespan.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.graph.PlanBuilder;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.run.PlanText;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tasks of the first plan: a(10) to b(20) to d(5), a to c(8) to d, c from half of a. */
class CriticalPathTest {

  private static final TaskGraph DIAMOND =
      TaskGraph.of(
          new PlanBuilder()
              .task("a", 10, t -> t.milestone("half", 4))
              .task("b", 20, t -> t.needs("a"))
              .task("c", 8, t -> t.needs("a.half"))
              .task("d", 5, t -> t.needs("b", "c"))
              .task("e", 7, t -> t.needs("c"))
              .plan());

  @Test
  void timesAreThoseOfTheForwardAndTheBackwardPass() {
    CriticalPath path = CriticalPath.of(DIAMOND);

    assertThat(minutes(path.length())).isEqualTo(35);
    assertThat(text(path))
        .containsExactly(
            "0-10 by 0-10 slack 0 free 0",
            "10-30 by 10-30 slack 0 free 0",
            "4-12 by 20-28 slack 16 free 0",
            "30-35 by 30-35 slack 0 free 0",
            "12-19 by 28-35 slack 16 free 16");
  }

  @Test
  void thePathLeadsFromItsFirstTaskToItsLast() {
    CriticalPath path = CriticalPath.of(DIAMOND);

    assertThat(path.path()).containsExactly(0, 1, 3);
    assertThat(path.criticalTasks()).containsExactly(0, 1, 3);
  }

  @Test
  void barriersAreOnThePathButNotNamed() {
    TaskGraph graph =
        TaskGraph.of(
            new PlanBuilder()
                .phase("one", true)
                .phase("two", false)
                .task("short", 3, t -> t.phase("one"))
                .task("a", 10, t -> t.phase("one"))
                .task("b", 5, t -> t.phase("two"))
                .plan());

    CriticalPath path = CriticalPath.of(graph);

    assertThat(path.path()).containsExactly(1, 2);
    assertThat(path.criticalTasks()).containsExactly(1, 2);
    assertThat(minutes(path.freeSlack(0))).isEqualTo(7);
  }

  @Test
  void aCheckpointKeepsLaterPhasesWaitingAsABarrierDoes() {
    TaskGraph graph =
        TaskGraph.of(
            PlanText.plan(
                "phase one approval audit", "phase two", "a 10m phase one", "b 5m phase two"));

    assertThat(CriticalPath.of(graph).path()).containsExactly(0, 1);
  }

  @Test
  void ofTasksThatTakeNoTimeOneIsThePath() {
    TaskGraph graph = TaskGraph.of(new long[2], new int[0], new int[0], new long[0]);

    assertThat(CriticalPath.of(graph).path()).containsExactly(0);
  }

  @Test
  void ofNothingThereIsNoPath() {
    TaskGraph graph = TaskGraph.of(new long[0], new int[0], new int[0], new long[0]);

    assertThat(CriticalPath.of(graph).path()).isEmpty();
    assertThat(CriticalPath.of(graph).criticalTasks()).isEmpty();
  }

  /** What slack means, tried: a task that slips so far moves nothing, and a bit more does. */
  @Test
  void aTaskMaySlipByItsSlackAndNoFurther() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int size = 3 + random.nextInt(7);
      long[] durations = random.longs(size, 1, 9).toArray();
      int[] from = new int[2 * size];
      int[] to = new int[from.length];
      long[] lags = new long[from.length];
      for (int e = 0; e < from.length; e++) {
        to[e] = 1 + random.nextInt(size - 1);
        from[e] = random.nextInt(to[e]);
        lags[e] = random.nextInt(3) > 0 ? TaskGraph.FINISH_TO_START : random.nextInt(4);
      }
      TaskGraph graph = TaskGraph.of(durations, from, to, lags);
      CriticalPath path = CriticalPath.of(graph);

      for (int v = 0; v < size; v++) {
        long[] slipped = slipped(graph, path, v, path.totalSlack(v));
        assertThat(finish(graph, slipped)).as("seed %d", seed).isEqualTo(path.length());
        assertThat(finish(graph, slipped(graph, path, v, path.totalSlack(v) + 1)))
            .as("seed %d", seed)
            .isGreaterThan(path.length());
        assertThat(moved(path, slipped(graph, path, v, path.freeSlack(v)), v))
            .as("seed %d", seed)
            .isFalse();
        assertThat(
                moved(path, slipped(graph, path, v, path.freeSlack(v) + 1), v)
                    || finish(graph, slipped(graph, path, v, path.freeSlack(v) + 1))
                        > path.length())
            .as("seed %d", seed)
            .isTrue();
      }
    }
  }

  private static long[] slipped(TaskGraph graph, CriticalPath path, int task, long by) {
    long[] starts = IntStream.range(0, graph.size()).mapToLong(path::earliestStart).toArray();
    starts[task] += by;
    for (int i = 0; i < graph.size(); i++) {
      int v = graph.inOrder(i);
      for (int slot = graph.successorsBegin(v); slot < graph.successorsEnd(v); slot++) {
        int w = graph.successor(slot);
        starts[w] = Math.max(starts[w], starts[v] + graph.successorLag(slot));
      }
    }
    return starts;
  }

  private static boolean moved(CriticalPath path, long[] starts, int but) {
    return IntStream.range(0, starts.length)
        .anyMatch(v -> v != but && starts[v] != path.earliestStart(v));
  }

  private static long finish(TaskGraph graph, long[] starts) {
    return IntStream.range(0, starts.length)
        .mapToLong(v -> starts[v] + graph.duration(v))
        .max()
        .orElse(0);
  }

  private static String[] text(CriticalPath path) {
    return IntStream.range(0, DIAMOND.tasks())
        .mapToObj(v ->
            "%d-%d by %d-%d slack %d free %d"
                .formatted(
                    minutes(path.earliestStart(v)),
                    minutes(path.earliestFinish(v)),
                    minutes(path.latestStart(v)),
                    minutes(path.latestFinish(v)),
                    minutes(path.totalSlack(v)),
                    minutes(path.freeSlack(v))))
        .toArray(String[]::new);
  }

  private static long minutes(long millis) {
    return Duration.ofMillis(millis).toMinutes();
  }
}
