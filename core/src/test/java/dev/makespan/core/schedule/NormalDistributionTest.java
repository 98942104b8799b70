package dev.makespan.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalDistributionTest {

  /** From tables of the standard normal distribution. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.8413447461, 1",
    "0.9772498681, 2",
    "0.0013498980, -3",
    "0.975, 1.9599639845"
  })
  void isWhatTheTablesSay(double chance, double value) {
    assertThat(NormalDistribution.quantile(chance)).isCloseTo(value, within(1e-6));
    assertThat(NormalDistribution.share(value)).isCloseTo(chance, within(1e-7));
  }

  @Test
  void theShareOfAQuantileIsItsChance() {
    for (double chance = 0.0005; chance < 1; chance += 0.0005) {
      assertThat(NormalDistribution.share(NormalDistribution.quantile(chance)))
          .isCloseTo(chance, within(1e-6));
    }
  }

  @Test
  void certaintyIsFarOutAndNotInfinite() {
    assertThat(NormalDistribution.quantile(0)).isBetween(-9.0, -8.0);
    assertThat(NormalDistribution.quantile(1)).isBetween(8.0, 9.0);
  }
}
