package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.task.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimersTest {

  private static final Instant T0 = Rehearsal.T0;

  private static Timer at(long second, int number) {
    return new Timer(T0.plusSeconds(second), Timer.Kind.LEASE, new RunId(1), number, 1);
  }

  @Test
  void whatIsDueComesInOrderAndWhatIsWithdrawnDoesNot() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      Timers timers = new Timers();
      List<Timer> expected = new ArrayList<>();
      List<Timers.Entry> entries = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Timer timer = at(chance.nextInt(50), i);
        entries.add(timers.arm(timer));
        expected.add(timer);
      }
      for (int i = 0; i < 100; i++) {
        int gone = chance.nextInt(entries.size());
        timers.withdraw(entries.remove(gone));
        expected.remove(gone);
      }
      expected.sort(Comparator.comparing(Timer::at));

      List<Timer> due = new ArrayList<>();
      Timer next = timers.poll(T0.plusSeconds(100));
      while (next != null) {
        due.add(next);
        next = timers.poll(T0.plusSeconds(100));
      }

      assertThat(due).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void nothingIsEarly() {
    Timers timers = new Timers();
    timers.arm(at(10, 1));

    assertThat(timers.poll(T0.plusSeconds(10).minusNanos(1))).isNull();
    assertThat(timers.poll(T0.plusSeconds(10))).isNotNull();
    assertThat(timers.peek()).isNull();
  }

  @Test
  void whatHasHappenedMayBeWithdrawnToo() {
    Timers timers = new Timers();
    Timers.Entry past = timers.arm(at(1, 1));
    timers.arm(at(2, 2));
    timers.poll(T0.plusSeconds(1));

    timers.withdraw(past);
    timers.withdraw(past);

    assertThat(timers.size()).isEqualTo(1);
  }
}
