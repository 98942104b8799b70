package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.formats.analysis.Bar;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextsTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.2S, 200ms",
    "PT45S, 45s",
    "PT59.7S, 1m",
    "PT38M, 38m",
    "PT1H, 1h",
    "PT6H31M20S, 6h31m20s",
    "PT204H, 204h",
    "PT-5M, -5m"
  })
  void durationsReadAsPlansWriteThem(Duration duration, String text) {
    assertThat(Texts.duration(duration)).isEqualTo(text);
  }

  @Test
  void aBarKeepsItsWidthAndIsNeverEmpty() {
    Duration hour = Duration.ofHours(1);

    assertThat(Bar.draw(Duration.ZERO, hour, hour.multipliedBy(4), 8, '#')).isEqualTo("##......");
    assertThat(Bar.draw(hour, hour, hour.multipliedBy(4), 8, '#')).isEqualTo("..#.....");
    assertThat(Bar.draw(hour, hour.multipliedBy(9), hour, 4, '#')).isEqualTo("...#");
  }
}
