package dev.makespan.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShardClockTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private long nanos = 5_000;
  private final ShardClock clock = new ShardClock(() -> nanos);

  @Test
  void betweenAnswersTheMachinesTicksCount() {
    clock.sample(START, clock.tick());

    pass(Duration.ofMillis(250));

    assertThat(clock.now()).isEqualTo(START.plusMillis(250));
  }

  @Test
  void halfOfTheWayIsTakenIntoAccount() {
    long askedAt = clock.tick();
    pass(Duration.ofMillis(10));

    clock.sample(START, askedAt);

    assertThat(clock.now()).isEqualTo(START.plusMillis(5));
  }

  @Test
  void aStepOfTheDatabasesClockMovesThisOneALittleAtATime() {
    clock.sample(START, clock.tick());

    clock.sample(START.plus(Duration.ofHours(1)), clock.tick());

    assertThat(clock.now()).isEqualTo(START.plus(ShardClock.MAX_SLEW));
  }

  @Test
  void aStepBackNeverMovesThisOneBack() {
    clock.sample(START, clock.tick());
    Instant before = clock.now();

    clock.sample(START.minus(Duration.ofHours(1)), clock.tick());

    assertThat(clock.now()).isEqualTo(before);

    pass(Duration.ofSeconds(1));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(1).minus(ShardClock.MAX_SLEW));
  }

  @Test
  void itIsNeverBeforeWhatHasHappened() {
    clock.sample(START, clock.tick());

    clock.notBefore(START.plusSeconds(30));

    assertThat(clock.now()).isEqualTo(START.plusSeconds(30));
  }

  private void pass(Duration duration) {
    nanos += duration.toNanos();
  }
}
