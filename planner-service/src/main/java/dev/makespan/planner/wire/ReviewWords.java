package dev.makespan.planner.wire;

import dev.makespan.core.finding.PlanReview;
import dev.makespan.proto.plan.v1.Confidence;
import dev.makespan.proto.plan.v1.FindingKind;
import dev.makespan.proto.plan.v1.Level;
import dev.makespan.proto.plan.v1.Recommendation;

/** The constants of reviews, from and to those of their messages, which bear the same names. */
final class ReviewWords {

  private ReviewWords() {}

  static FindingKind toProto(dev.makespan.core.finding.FindingKind kind) {
    return FindingKind.valueOf("FINDING_KIND_" + kind.name());
  }

  static dev.makespan.core.finding.FindingKind fromProto(FindingKind kind) {
    return dev.makespan.core.finding.FindingKind.valueOf(bare(kind, "FINDING_KIND_"));
  }

  static Confidence toProto(dev.makespan.core.finding.Confidence confidence) {
    return Confidence.valueOf("CONFIDENCE_" + confidence.name());
  }

  static dev.makespan.core.finding.Confidence fromProto(Confidence confidence) {
    return dev.makespan.core.finding.Confidence.valueOf(bare(confidence, "CONFIDENCE_"));
  }

  static Level toProto(dev.makespan.core.plan.Level level) {
    return Level.valueOf("LEVEL_" + level.name());
  }

  static dev.makespan.core.plan.Level fromProto(Level level) {
    return dev.makespan.core.plan.Level.valueOf(bare(level, "LEVEL_"));
  }

  static Recommendation toProto(PlanReview.Recommendation recommendation) {
    return Recommendation.valueOf("RECOMMENDATION_" + recommendation.name());
  }

  static PlanReview.Recommendation fromProto(Recommendation recommendation) {
    return PlanReview.Recommendation.valueOf(bare(recommendation, "RECOMMENDATION_"));
  }

  private static String bare(Enum<?> constant, String prefix) {
    String name = constant.name();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
