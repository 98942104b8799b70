package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.Plan;
import dev.makespan.core.run.PlanText;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small parts that say who goes first: times as numbers, shares, heaps and orders. */
class OrderPartsTest {

  @Test
  void timesAreNanosecondsAndComeBackAsTheyWere() {
    Instant instant = Instant.ofEpochSecond(1, 5);

    assertThat(Nanos.of(instant)).isEqualTo(1_000_000_005L);
    assertThat(Nanos.of(Duration.ofSeconds(1, 5))).isEqualTo(1_000_000_005L);
    assertThat(Nanos.toInstant(1_000_000_005L)).isEqualTo(instant);
    assertThat(Nanos.toInstant(-1)).isEqualTo(Instant.EPOCH.minusNanos(1));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 2, 3",
    "1, -5, -4",
    "-5, 1, -4",
    "-5, -6, -11",
    "9223372036854775807, -1, 9223372036854775806",
    "9223372036854775807, 1, 9223372036854775807"
  })
  void aSumIsAtMostTheGreatestNumber(long one, long other, long sum) {
    assertThat(Nanos.sum(one, other)).isEqualTo(sum);
  }

  @Test
  void aRunOfTwiceTheWeightIsChargedHalf() {
    Share share = new Share(2);

    share.charge(10);
    assertThat(share.usedNanos()).isEqualTo(5);

    share.catchUp(3);
    assertThat(share.usedNanos()).isEqualTo(5);
    share.catchUp(8);
    assertThat(share.usedNanos()).isEqualTo(8);
    assertThat(Share.chargeOf(1)).isEqualTo(1_000_000);
    assertThat(Share.chargeOf(2_000_000)).isEqualTo(2_000_000);
  }

  @Test
  void aHeapHasItsFirstTaskFirstWhateverIsAddedAndTakenOut() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      TaskHeap heap = new TaskHeap((one, other) -> one < other, new TaskHeap.Places(40));
      SortedSet<Integer> inside = new TreeSet<>();
      for (int step = 0; step < 120; step++) {
        int task = chance.nextInt(40);
        if (inside.remove(task)) {
          heap.remove(task);
        } else {
          heap.add(task);
          inside.add(task);
        }
        int first = inside.isEmpty() ? TaskHeap.NONE : inside.first();
        assertThat(heap.first()).as("seed %d, step %d", seed, step).isEqualTo(first);
        assertThat(heap.size()).isEqualTo(inside.size());
      }
      for (int first = heap.first(); first != TaskHeap.NONE; first = heap.first()) {
        assertThat(first).isEqualTo(inside.first());
        heap.remove(first);
        inside.remove(first);
      }
    }
  }

  private static TaskOrder order(String... plan) {
    Plan of = PlanText.plan(plan);
    return new TaskOrder(
        new Run(new RunSpec(new RunId(1), of, 1, Map.of(), true, 1, Instant.EPOCH)));
  }

  @Test
  void whoGoesFirstIsClassThenTurnThenTailThenAgeThenPlace() {
    TaskOrder order =
        order("a 1S priority P1", "b 9S priority P1", "c 1S priority P0", "d 9S priority P1");
    for (int task = 0; task < 4; task++) {
      order.ready(task, Instant.EPOCH);
    }

    assertBefore(order, 2, 1);
    assertBefore(order, 1, 0);
    assertBefore(order, 1, 3);
    order.ready(1, Instant.EPOCH.plusSeconds(1));
    assertBefore(order, 3, 1);
    order.promote(0);
    assertBefore(order, 0, 3);
    assertBefore(order, 2, 0);
    order.demote(0);
    assertBefore(order, 3, 0);
    order.promote(0);
    order.ready(0, Instant.EPOCH);
    assertBefore(order, 3, 0);
  }

  private static void assertBefore(TaskOrder order, int one, int other) {
    assertThat(order.before(one, other)).isTrue();
    assertThat(order.before(other, one)).isFalse();
  }

  @Test
  void whoHasWaitedLongerIsClassThenAgeThenTailThenPlace() {
    TaskOrder order =
        order("a 1S priority P1", "b 9S priority P1", "c 1S priority P0", "d 9S priority P1");
    for (int task = 0; task < 4; task++) {
      order.ready(task, Instant.EPOCH);
    }

    assertWaitsLonger(order, 2, 1);
    assertWaitsLonger(order, 1, 0);
    assertWaitsLonger(order, 1, 3);
    order.ready(1, Instant.EPOCH.plusSeconds(1));
    assertWaitsLonger(order, 0, 1);
    assertWaitsLonger(order, 3, 1);
    order.ready(2, Instant.EPOCH.plusSeconds(5));
    assertWaitsLonger(order, 2, 0);
  }

  private static void assertWaitsLonger(TaskOrder order, int one, int other) {
    assertThat(order.waitsLonger(one, other)).isTrue();
    assertThat(order.waitsLonger(other, one)).isFalse();
  }

  @Test
  void theShortestOrTheFirstGoesFirstWhereThePlanSaysSo() {
    TaskOrder shortest = order("policy shortest-first", "a 9S", "b 1S", "c 5S needs b");
    TaskOrder first = order("policy first-come", "a 1S", "b 9S");

    assertBefore(shortest, 1, 0);
    assertBefore(shortest, 2, 0);
    assertBefore(first, 0, 1);
  }

  @Test
  void everyNodeComesAfterAllThatItWaitsFor() {
    WaitingOrder order =
        WaitingOrder.of(
            PlanText.plan(
                "phase one barrier",
                "phase two",
                "phase three barrier",
                "phase four",
                "late 1S phase four",
                "b 1S phase two needs a",
                "a 1S phase one",
                "c 1S phase three",
                "free 1S needs b"));

    // Tasks 0 to 4 in the plan's order, then the ends of the phases, 5 to 8.
    assertThat(order.waitedFor(0)).containsExactlyInAnyOrder(5 + 2);
    assertThat(order.waitedFor(1)).containsExactlyInAnyOrder(2, 5);
    assertThat(order.waitedFor(2)).isEmpty();
    assertThat(order.waitedFor(3)).containsExactlyInAnyOrder(5);
    assertThat(order.waitedFor(4)).containsExactlyInAnyOrder(1);
    assertThat(order.waitedFor(5)).containsExactlyInAnyOrder(2);
    assertThat(order.waitedFor(6)).isEmpty();
    assertThat(order.waitedFor(7)).containsExactlyInAnyOrder(3, 5);
    assertThat(order.gateBefore(0)).isEqualTo(2);
    assertThat(order.gateBefore(1)).isZero();
    assertThat(order.gateBefore(2)).isEqualTo(WaitingOrder.NONE);
    assertThat(order.gateBefore(4)).isEqualTo(WaitingOrder.NONE);
    assertThat(order.nodes()).hasSize(9).doesNotHaveDuplicates();
    for (int i = 0; i < 9; i++) {
      assertThat(order.nodes().subList(0, i)).containsAll(order.waitedFor(order.nodes().get(i)));
    }
  }
}
