package dev.makespan.gateway.records.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

  private static S3Settings of(String place) {
    return S3Settings.of(place, Optional.empty(), Optional.empty(), "us-east-1", false);
  }

  @Test
  void aPlaceIsABucketAndAPrefix() {
    assertThat(of("s3://records").prefix()).isEmpty();
    assertThat(of("s3://records/").prefix()).isEmpty();
    assertThat(of("s3://records/team/a/").prefix()).isEqualTo("team/a/");
    assertThat(of("s3://records/team/a").bucket()).isEqualTo("records");
    assertThat(S3Settings.isMeant("s3://records")).isTrue();
    assertThat(S3Settings.isMeant("/var/records")).isFalse();
    assertThat(S3Settings.isMeant("s3")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:records",
        "s3://",
        "s3:///a",
        "s3://R/a",
        "s3://records/../other",
        "s3://records/a b",
        "s3://id:secret@records/a",
        "s3://records/a?versionId=1"
      })
  void whatIsNoPlaceIsRefused(String place) {
    assertThatThrownBy(() -> of(place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected s3://bucket/prefix")
        .hasMessageNotContaining("secret");
  }
}
