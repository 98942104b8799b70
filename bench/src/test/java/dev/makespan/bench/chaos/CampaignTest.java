package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CampaignTest {

  private static final List<Fault> ALL = List.of(Fault.values());

  @Test
  void theSameSeedStrikesTheSameInTheSameOrder() {
    assertThat(strikes(7)).isEqualTo(strikes(7)).isNotEqualTo(strikes(8));
  }

  @Test
  void everyKindComesOnceInARound() {
    assertThat(strikes(1))
        .extracting(Campaign.Strike::fault)
        .containsExactlyInAnyOrderElementsOf(ALL);
  }

  @Test
  void aStormHasNothingThatLeavesNothingForOthers() {
    Campaign campaign = new Campaign(3, ALL);

    assertThat(Stream.generate(campaign::nextOfStorm).limit(200))
        .extracting(Campaign.Strike::fault)
        .doesNotContain(Fault.EVERYTHING_KILL, Fault.DATABASE_STOP)
        .contains(Fault.SCHEDULER_KILL, Fault.DATABASE_KILL, Fault.LINK_RESET);
  }

  private static List<Campaign.Strike> strikes(long seed) {
    return Stream.generate(new Campaign(seed, ALL)::next).limit(ALL.size()).toList();
  }
}
