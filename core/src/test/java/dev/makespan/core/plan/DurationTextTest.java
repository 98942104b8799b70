package dev.makespan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  private static final Duration EIGHT_HOURS = Duration.ofHours(8);

  @ParameterizedTest
  @CsvSource({
    "200ms,PT0.2S",
    "30s,PT30S",
    "10m,PT10M",
    "1h30m,PT1H30M",
    "2d,PT16H",
    "1d2h3m4s5ms,PT10H3M4.005S",
    "0s,PT0S",
    "90m,PT90M",
    "007s,PT7S"
  })
  void aDurationIsReadWithTheDayOfItsPlan(String text, Duration expected) {
    assertThat(DurationText.parse(text, EIGHT_HOURS).value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "s",
        "1 s",
        "-1s",
        "+1s",
        "1.5h",
        "1h1h",
        "1m1h",
        "1S",
        "1w",
        "1:30",
        "PT1H",
        "1ms1s",
        "1\u0661s",
        "1e3s"
      })
  void anythingElseIsToldWithWhatWasThere(String text) {
    DurationText.Parsed parsed = DurationText.parse(text, EIGHT_HOURS);

    assertThat(parsed.value()).isNull();
    assertThat(parsed.problem()).startsWith("expected a duration").endsWith("'" + text + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3651d", "999999999999999999d", "9999999999999999999s", "9223372036854775807ms"})
  void nothingOverflows(String text) {
    DurationText.Parsed parsed = DurationText.parse(text, Duration.ofDays(1));

    assertThat(parsed.value()).isNull();
    assertThat(parsed.problem()).isEqualTo("expected at most 3650 days, was '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({"PT0S,0s", "PT25H,25h", "PT1H0.5S,1h500ms"})
  void aDurationIsWrittenAsItIsRead(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
    assertThat(DurationText.parse(text, EIGHT_HOURS).value()).isEqualTo(duration);
  }
}
