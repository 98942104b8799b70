package dev.makespan.planner.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.finding.Confidence;
import dev.makespan.core.finding.FindingKind;
import dev.makespan.core.finding.PlanReview.Recommendation;
import dev.makespan.core.plan.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReviewWordsTest {

  @ParameterizedTest
  @EnumSource
  void everyKindOfFindingIsReadAsItWasWritten(FindingKind kind) {
    assertThat(ReviewWords.fromProto(ReviewWords.toProto(kind))).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void everyConfidenceIsReadAsItWasWritten(Confidence confidence) {
    assertThat(ReviewWords.fromProto(ReviewWords.toProto(confidence))).isEqualTo(confidence);
  }

  @ParameterizedTest
  @EnumSource
  void everyLevelIsReadAsItWasWritten(Level level) {
    assertThat(ReviewWords.fromProto(ReviewWords.toProto(level))).isEqualTo(level);
  }

  @ParameterizedTest
  @EnumSource
  void everyRecommendationIsReadAsItWasWritten(Recommendation recommendation) {
    assertThat(ReviewWords.fromProto(ReviewWords.toProto(recommendation)))
        .isEqualTo(recommendation);
  }
}
