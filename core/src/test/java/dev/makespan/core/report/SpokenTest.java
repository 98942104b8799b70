package dev.makespan.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpokenTest {

  @ParameterizedTest
  @CsvSource({
    "PT6H30M, 6 h 30 min",
    "PT6H, 6 h",
    "PT38M, 38 min",
    "PT1M5S, 1 min 5 s",
    "PT1M, 1 min",
    "PT59.999S, 60.0 s",
    "PT2.5S, 2.5 s",
    "PT2S, 2 s",
    "PT0S, 0 s",
    "PT59M59.6S, 1 h",
    "PT1H29M30S, 1 h 30 min",
    "PT-38M, -38 min"
  })
  void durationsAreSaidAsPeopleDo(Duration duration, String text) {
    assertThat(Spoken.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1, 100.0 %", "0.3333, 33.3 %"})
  void sharesAreSaidInPercent(double share, String text) {
    assertThat(Spoken.percent(share)).isEqualTo(text);
  }
}
