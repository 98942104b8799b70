package dev.makespan.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimesTest {

  private static final long PLENTY = 100_000;

  /** Questions in any order: what was learned from one is no mistake in the next. */
  @Test
  void everyQuestionIsAnsweredAsAllSolutionsSay() {
    for (int seed = 0; seed < 600; seed++) {
      TinyModel tiny = TinyModel.random(seed);
      int shortest = tiny.shortest();
      StartTimes times = new StartTimes(tiny.model, tiny.latestEnd);

      for (int i = 0; i <= tiny.latestEnd; i++) {
        int limit = seed % 2 == 0 ? tiny.latestEnd - i : i;
        StartTimes.Answer answer = times.endBy(limit, PLENTY, () -> false);

        assertThat(answer)
            .as("seed %d, by %d", seed, limit)
            .isEqualTo(limit >= shortest ? StartTimes.Answer.FOUND : StartTimes.Answer.IMPOSSIBLE);
        if (answer == StartTimes.Answer.FOUND) {
          assertThat(ends(tiny, times.found(), limit)).as("seed %d, by %d", seed, limit).isTrue();
        }
      }
    }
  }

  @Test
  void twoTasksOnOneMachineTakeTurns() {
    Model model = machine(new int[] {3, 4}, new int[] {1, 1}, 1);
    StartTimes times = new StartTimes(model, 7);

    assertThat(times.endBy(6, PLENTY, () -> false)).isEqualTo(StartTimes.Answer.IMPOSSIBLE);
    assertThat(times.endBy(7, PLENTY, () -> false)).isEqualTo(StartTimes.Answer.FOUND);
    int[] found = times.found();
    assertThat((found[0] == 0 && found[1] == 3) || (found[1] == 0 && found[0] == 4)).isTrue();
  }

  @Test
  void aModelThatCannotBeKeptIsRefutedAtOnce() {
    Model model =
        new Model(
            new int[] {3, 3},
            0,
            List.of(
                new int[] {0, 1, 3, Model.ALWAYS, 0},
                new int[] {0, 2, 3, Model.ALWAYS, 0},
                new int[] {1, 2, 3, Model.ALWAYS, 0}),
            new int[0],
            new int[0][]);

    StartTimes times = new StartTimes(model, 5);

    assertThat(times.endBy(5, PLENTY, () -> false)).isEqualTo(StartTimes.Answer.IMPOSSIBLE);
  }

  @Test
  void stepsAndTheWatchLeaveAQuestionOpen() {
    StartTimes times = new StartTimes(machine(new int[] {3, 4, 2}, new int[] {1, 1, 1}, 1), 9);

    assertThat(times.endBy(8, times.steps(), () -> false)).isEqualTo(StartTimes.Answer.OPEN);
    assertThat(times.endBy(8, PLENTY, () -> true)).isEqualTo(StartTimes.Answer.OPEN);
    assertThat(times.endBy(8, PLENTY, () -> false)).isEqualTo(StartTimes.Answer.IMPOSSIBLE);
  }

  @Test
  void whatIsFoundIsACopy() {
    StartTimes times = new StartTimes(machine(new int[] {3}, new int[] {1}, 1), 3);
    times.endBy(3, PLENTY, () -> false);

    times.found()[0] = 9;

    assertThat(times.found()).containsExactly(0);
  }

  /** Hard enough that dead ends are forgotten and the search begins anew many times. */
  @Test
  void aSearchThatForgetsStillFindsTheTruth() {
    int[] durations = {7, 5, 6, 4, 3, 8, 2, 6, 5, 7, 3, 4, 6, 2};
    int[] units = {3, 2, 4, 1, 2, 3, 4, 2, 3, 1, 4, 2, 3, 2};
    Model model = machine(durations, units, 5);
    int area = 0;
    for (int v = 0; v < durations.length; v++) {
      area += durations[v] * units[v];
    }
    int least = Math.ceilDiv(area, 5);
    StartTimes times = new StartTimes(model, 60);

    int end = 60;
    while (times.endBy(end, 3_000_000, () -> false) == StartTimes.Answer.FOUND) {
      int[] starts = times.found();
      end = ends(durations, starts) - 1;
      assertThat(most(durations, units, starts)).isLessThanOrEqualTo(5);
    }

    assertThat(end + 1).isGreaterThanOrEqualTo(least).isLessThanOrEqualTo(least + 2);
  }

  private static Model machine(int[] durations, int[] units, int capacity) {
    List<int[]> ends = new java.util.ArrayList<>();
    for (int v = 0; v < durations.length; v++) {
      ends.add(new int[] {v, durations.length, durations[v], Model.ALWAYS, 0});
    }
    return new Model(durations, 0, ends, new int[] {capacity}, new int[][] {units});
  }

  private static boolean ends(TinyModel tiny, int[] starts, int limit) {
    return tiny.solutions.stream()
        .anyMatch(values ->
            values[starts.length] <= limit
                && Arrays.equals(Arrays.copyOf(values, starts.length), starts));
  }

  private static int ends(int[] durations, int[] starts) {
    int end = 0;
    for (int v = 0; v < starts.length; v++) {
      end = Math.max(end, starts[v] + durations[v]);
    }
    return end;
  }

  private static int most(int[] durations, int[] units, int[] starts) {
    int most = 0;
    for (int t = 0; t < 100; t++) {
      int used = 0;
      for (int v = 0; v < starts.length; v++) {
        used += starts[v] <= t && t < starts[v] + durations[v] ? units[v] : 0;
      }
      most = Math.max(most, used);
    }
    return most;
  }
}
