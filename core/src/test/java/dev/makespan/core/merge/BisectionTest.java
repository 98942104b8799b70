package dev.makespan.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class BisectionTest {

  private int verifications;

  private Bisection solved(int size, boolean baseIsGreen, Predicate<List<Integer>> isGreen) {
    Bisection bisection = new Bisection(size, baseIsGreen);
    List<Integer> next = bisection.next();
    while (next != null) {
      verifications++;
      bisection.tried(isGreen.test(next));
      next = bisection.next();
    }
    return bisection;
  }

  @Test
  void aGreenBatchTakesOneVerification() {
    Bisection bisection = solved(20, false, _ -> true);

    assertThat(bisection.landed()).hasSize(20);
    assertThat(bisection.culprits()).isEmpty();
    assertThat(verifications).isEqualTo(1);
  }

  @Test
  void anEmptyBatchTakesNone() {
    assertThat(solved(0, false, _ -> false).landed()).isEmpty();
    assertThat(verifications).isZero();
  }

  @Test
  void theCulpritGoesAndTheRestLandsInItsOrder() {
    Bisection bisection = solved(8, true, tried -> !tried.contains(5));

    assertThat(bisection.culprits()).containsExactly(5);
    assertThat(bisection.landed()).containsExactly(0, 1, 2, 3, 4, 6, 7);
    assertThat(verifications).isLessThanOrEqualTo(5);
  }

  @Test
  void whoeverIsRedOnlyTogetherWithAnEarlierOneIsTheCulprit() {
    Bisection bisection = solved(6, true, tried -> !(tried.contains(1) && tried.contains(4)));

    assertThat(bisection.culprits()).containsExactly(4);
    assertThat(bisection.landed()).containsExactly(0, 1, 2, 3, 5);
  }

  @Test
  void nobodyIsBlamedForARedBase() {
    Bisection bisection = solved(5, false, _ -> false);

    assertThat(bisection.isBaseRed()).isTrue();
    assertThat(bisection.culprits()).isEmpty();
    assertThat(bisection.landed()).isEmpty();
  }

  @Test
  void theBaseIsTriedOnceAndOnlyBeforeTheFirstMemberIsBlamed() {
    List<List<Integer>> tries = new ArrayList<>();
    solved(
        4,
        false,
        tried -> {
          tries.add(tried);
          return !tried.contains(0) && !tried.contains(1);
        });

    assertThat(tries.stream().filter(List::isEmpty)).hasSize(1);
    tries.clear();
    solved(
        4,
        false,
        tried -> {
          tries.add(tried);
          return !tried.contains(3);
        });
    assertThat(tries).noneMatch(List::isEmpty);
  }

  @Test
  void aMemberAloneThatIsRedIsTheCulpritWhenTheBaseIsGreen() {
    Bisection bisection = solved(1, false, List::isEmpty);

    assertThat(bisection.culprits()).containsExactly(0);
    assertThat(verifications).isEqualTo(2);
  }

  @Test
  void nothingIsTriedWhenItIsOver() {
    Bisection bisection = solved(2, true, _ -> true);

    assertThatThrownBy(() -> bisection.tried(true)).isInstanceOf(IllegalStateException.class);
  }

  /** Against what a look at every prefix says, for random culprits and random quarrels. */
  @Test
  void whatLandsIsWhatOneByOneWouldHaveLanded() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      int size = 1 + random.nextInt(24);
      Set<Integer> bad = new LinkedHashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        bad.add(random.nextInt(size));
      }
      int one = random.nextInt(size);
      int other = random.nextInt(size);
      boolean quarrel = random.nextBoolean() && one != other;
      Predicate<List<Integer>> isGreen =
          tried ->
              tried.stream().noneMatch(bad::contains)
                  && !(quarrel && tried.contains(one) && tried.contains(other));
      verifications = 0;

      Bisection bisection = solved(size, random.nextBoolean(), isGreen);

      assertThat(bisection.landed()).isEqualTo(oneByOne(size, isGreen));
      int culprits = bisection.culprits().size();
      int depth = 32 - Integer.numberOfLeadingZeros(size);
      assertThat(verifications).isLessThanOrEqualTo(culprits * (depth + 1) + 2);
    }
  }

  private static List<Integer> oneByOne(int size, Predicate<List<Integer>> isGreen) {
    List<Integer> landed = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      landed.add(i);
      if (!isGreen.test(landed)) {
        landed.removeLast();
      }
    }
    return landed;
  }
}
