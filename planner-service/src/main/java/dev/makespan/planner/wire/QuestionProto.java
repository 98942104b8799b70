package dev.makespan.planner.wire;

import com.google.protobuf.Duration;
import dev.makespan.core.schedule.Overheads;
import dev.makespan.planner.Question;
import dev.makespan.proto.plan.v1.AnalysisQuestion;
import dev.makespan.proto.plan.v1.CurveQuestion;
import dev.makespan.proto.plan.v1.ForecastQuestion;
import dev.makespan.proto.plan.v1.ScheduleQuestion;
import java.util.Map;
import java.util.Optional;

/** Questions about plans, from and to their messages. */
public final class QuestionProto {

  private QuestionProto() {}

  /** Empty: it asks nothing. */
  public static Optional<Question> fromProto(dev.makespan.proto.plan.v1.Question message) {
    return switch (message.getKindCase()) {
      case ANALYSIS -> Optional.of(analysis(message.getAnalysis().getPoolsMap()));
      case SCHEDULE -> Optional.of(fromProto(message.getSchedule()));
      case CURVE -> Optional.of(fromProto(message.getCurve()));
      case FORECAST -> Optional.of(fromProto(message.getForecast()));
      case KIND_NOT_SET -> Optional.empty();
    };
  }

  public static Question analysis(Map<String, Integer> pools) {
    return new Question.Analysis(pools);
  }

  public static Question fromProto(ScheduleQuestion message) {
    return new Question.Schedule(
        message.getPoolsMap(),
        message.getSeed(),
        message.getSchedules(),
        Times.clamped(message.getTimeLimit()));
  }

  public static Question fromProto(CurveQuestion message) {
    Overheads assumed = Overheads.ASSUMED;
    return new Question.Curve(
        message.getPoolsMap(),
        message.getRole(),
        message.getMostAgents(),
        message.getSeed(),
        message.getSchedules(),
        message.hasMerge() ? Times.clamped(message.getMerge()) : assumed.merge(),
        message.hasConflictChance() ? message.getConflictChance() : assumed.conflictChance(),
        message.hasRework() ? message.getRework() : assumed.rework());
  }

  public static Question fromProto(ForecastQuestion message) {
    return new Question.Forecast(
        message.getPoolsMap(),
        message.getSeed(),
        message.getSchedules(),
        message.getSamples(),
        message.getRoleCorrelation(),
        message.hasAssumedBest() ? message.getAssumedBest() : 1,
        message.hasAssumedWorst() ? message.getAssumedWorst() : 1);
  }

  public static dev.makespan.proto.plan.v1.Question toProto(Question question) {
    dev.makespan.proto.plan.v1.Question.Builder message =
        dev.makespan.proto.plan.v1.Question.newBuilder();
    switch (question) {
      case Question.Analysis asked ->
          message.setAnalysis(AnalysisQuestion.newBuilder().putAllPools(asked.pools()));
      case Question.Schedule asked -> message.setSchedule(toProto(asked));
      case Question.Curve asked -> message.setCurve(toProto(asked));
      case Question.Forecast asked -> message.setForecast(toProto(asked));
    }
    return message.build();
  }

  private static ScheduleQuestion.Builder toProto(Question.Schedule asked) {
    Duration limit = Times.toProto(asked.timeLimit());
    return ScheduleQuestion.newBuilder()
        .putAllPools(asked.pools())
        .setSeed(asked.seed())
        .setSchedules(asked.schedules())
        .setTimeLimit(limit);
  }

  private static CurveQuestion.Builder toProto(Question.Curve asked) {
    return CurveQuestion.newBuilder()
        .putAllPools(asked.pools())
        .setRole(asked.role())
        .setMostAgents(asked.mostAgents())
        .setSeed(asked.seed())
        .setSchedules(asked.schedules())
        .setMerge(Times.toProto(asked.merge()))
        .setConflictChance(asked.conflictChance())
        .setRework(asked.rework());
  }

  private static ForecastQuestion.Builder toProto(Question.Forecast asked) {
    return ForecastQuestion.newBuilder()
        .putAllPools(asked.pools())
        .setSeed(asked.seed())
        .setSchedules(asked.schedules())
        .setSamples(asked.samples())
        .setRoleCorrelation(asked.roleCorrelation())
        .setAssumedBest(asked.assumedBest())
        .setAssumedWorst(asked.assumedWorst());
  }
}
