package dev.makespan.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever is derived, explained or learned on the way to a proof follows from the model: shown
 * against all solutions of tiny models, under decisions at random.
 */
class LearningTest {

  private static final int MODELS = 500;

  private int explained;
  private int learned;
  private int deadEnds;

  @Test
  void everyReasonImpliesItsBoundAndEveryLearnedSetIsImpossible() {
    for (int seed = 0; seed < MODELS; seed++) {
      walk(seed, TinyModel.random(seed));
    }

    assertThat(explained).isGreaterThan(10_000);
    assertThat(deadEnds).isGreaterThan(500);
    assertThat(learned).isGreaterThan(200);
  }

  /** Decides at random, learns from dead ends, and ends when there is nothing left to decide. */
  private void walk(int seed, TinyModel tiny) {
    Rig rig = new Rig(tiny.model, tiny.latestEnd);
    SplittableRandom random = new SplittableRandom(seed);
    if (!rig.differences.propagateAll(rig.said) || !rig.propagate()) {
      assertThat(tiny.solutions).as("seed %d", seed).isEmpty();
      return;
    }
    rig.settle();
    for (int step = 0; step < 60; step++) {
      if (rig.propagate()) {
        checkTrail(seed, tiny, rig);
        if (!decide(rig, random)) {
          checkFound(seed, tiny, rig);
          rig.backTo(0);
        }
      } else if (!learn(seed, tiny, rig)) {
        return;
      }
    }
  }

  private static boolean decide(Rig rig, SplittableRandom random) {
    int variables = rig.bounds.value.length / 2;
    int first = random.nextInt(variables);
    for (int i = 0; i < variables; i++) {
      int x = (first + i) % variables;
      if (!rig.bounds.isFixed(x)) {
        int low = rig.bounds.value[2 * x];
        int high = -rig.bounds.value[2 * x + 1];
        int k = low + 1 + random.nextInt(high - low);
        if (random.nextBoolean()) {
          rig.assume(2 * x, k);
        } else {
          rig.assume(2 * x + 1, 1 - k);
        }
        return true;
      }
    }
    return false;
  }

  /** Of everything on the trail: whenever its reason holds in a solution, so does it. */
  private void checkTrail(int seed, TinyModel tiny, Rig rig) {
    Literals why = new Literals();
    for (int at = 0; at < rig.bounds.size; at++) {
      if (rig.bounds.reason[at] == Bounds.DECIDED) {
        continue;
      }
      int b = rig.bounds.bound[at];
      int most = at == rig.bounds.latest[b] ? rig.bounds.value[b] : rig.bounds.before[at] + 1;
      why.size = 0;
      rig.reasoning.explain(at, most, why);
      boolean implied =
          tiny.solutions.stream()
              .allMatch(values -> !areTrue(values, why) || TinyModel.isTrue(values, b, most));
      assertThat(implied).as("seed %d, place %d", seed, at).isTrue();
      assertHolds(rig, why);
      explained++;
    }
  }

  /** All of a reason holds now, and came to hold before what it explains. */
  private static void assertHolds(Rig rig, Literals why) {
    for (int i = 0; i < why.size; i += 2) {
      assertThat(rig.bounds.value[why.items[i]] >= why.items[i + 1]).isTrue();
    }
  }

  private static void checkFound(int seed, TinyModel tiny, Rig rig) {
    int[] values = new int[rig.bounds.value.length / 2];
    for (int x = 0; x < values.length; x++) {
      values[x] = rig.bounds.value[2 * x];
    }
    boolean known = tiny.solutions.stream().anyMatch(s -> Arrays.equals(s, values));
    assertThat(known).as("seed %d", seed).isTrue();
  }

  /** False: nothing can be decided any more. */
  private boolean learn(int seed, TinyModel tiny, Rig rig) {
    deadEnds++;
    assertImpossible(seed, tiny, rig.failed);
    int level = rig.conflict.level(rig.failed);
    rig.backTo(level);
    if (level == 0) {
      assertThat(tiny.solutions).as("seed %d", seed).isEmpty();
      return false;
    }
    rig.conflict.analyse(rig.failed);
    Literals set = rig.conflict.learned;
    assertImpossible(seed, tiny, set);
    assertAsserting(seed, rig, set);
    rig.backTo(rig.conflict.backLevel());
    boolean open;
    if (set.size > 2) {
      learned++;
      open = rig.nogoods.learn(set, rig.conflict.levels());
    } else {
      open = rig.bounds.raise(set.items[0] ^ 1, 1 - set.items[1], Bounds.DECIDED);
      if (open && rig.propagate()) {
        rig.settle();
      }
    }
    assertThat(open || tiny.solutions.isEmpty()).as("seed %d", seed).isTrue();
    return open;
  }

  /** The first literal alone is of the last level; the second is of the level to go back to. */
  private static void assertAsserting(int seed, Rig rig, Literals set) {
    Bounds bounds = rig.bounds;
    int levels = 1;
    boolean[] seen = new boolean[bounds.level() + 1];
    int back = 0;
    for (int i = 0; i < set.size; i += 2) {
      int level = bounds.levelOf(bounds.place(set.items[i], set.items[i + 1]));
      assertThat(level == bounds.level()).as("seed %d", seed).isEqualTo(i == 0);
      levels += i > 0 && !seen[level] ? 1 : 0;
      seen[level] = true;
      back = i > 0 ? Math.max(back, level) : back;
      assertThat(i < 2 || level <= levelOf(bounds, set, 2)).as("seed %d", seed).isTrue();
    }
    assertThat(rig.conflict.backLevel()).as("seed %d", seed).isEqualTo(back);
    assertThat(rig.conflict.levels()).as("seed %d", seed).isEqualTo(levels);
  }

  private static int levelOf(Bounds bounds, Literals set, int i) {
    return bounds.levelOf(bounds.place(set.items[i], set.items[i + 1]));
  }

  private static void assertImpossible(int seed, TinyModel tiny, Literals set) {
    boolean possible = tiny.solutions.stream().anyMatch(values -> areTrue(values, set));
    assertThat(possible).as("seed %d", seed).isFalse();
  }

  private static boolean areTrue(int[] values, Literals set) {
    for (int i = 0; i < set.size; i += 2) {
      if (!TinyModel.isTrue(values, set.items[i], set.items[i + 1])) {
        return false;
      }
    }
    return true;
  }
}
