package dev.makespan.core.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FencesTest {

  @Test
  void aFenceTellsItsShard() {
    for (int shard : new int[] {1, 2, 17, Fences.MAX_SHARDS}) {
      long first = Fences.origin(5, shard) + 1;

      assertThat(Fences.shardOf(first)).isEqualTo(shard);
      assertThat(Fences.shardOf(first + 1_000_000_000)).isEqualTo(shard);
    }
  }

  @Test
  void aLaterOwnershipHasHigherFencesWhateverTheEarlierGaveOut() {
    long last = Fences.origin(5, Fences.MAX_SHARDS) + (1L << 32) - 1;

    assertThat(Fences.origin(6, 1)).isGreaterThan(last);
    assertThat(Fences.origin(Fences.GENERATIONS - 1, Fences.MAX_SHARDS)).isPositive();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Fences.origin(0, 1)).hasMessageContaining("generation");
    assertThatThrownBy(() -> Fences.origin(Fences.GENERATIONS, 1))
        .hasMessageContaining("generation");
    assertThatThrownBy(() -> Fences.origin(1, 0)).hasMessageContaining("expected 1 to 256, was 0");
    assertThatThrownBy(() -> Fences.origin(1, 257)).hasMessageContaining("was 257");
  }
}
