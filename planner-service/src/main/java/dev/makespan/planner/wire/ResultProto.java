package dev.makespan.planner.wire;

import dev.makespan.core.plan.Role;
import dev.makespan.core.schedule.AgentCurve.Point;
import dev.makespan.core.schedule.Overheads;
import dev.makespan.planner.Progress;
import dev.makespan.planner.Result;
import dev.makespan.proto.plan.v1.AgentCurve;
import dev.makespan.proto.plan.v1.CurvePoint;
import dev.makespan.proto.plan.v1.PlanSchedule;

/** Results of questions, from and to their messages. */
public final class ResultProto {

  private ResultProto() {}

  public static dev.makespan.proto.plan.v1.Result toProto(Result result) {
    dev.makespan.proto.plan.v1.Result.Builder message =
        dev.makespan.proto.plan.v1.Result.newBuilder();
    switch (result) {
      case Result.Analyzed analyzed -> message.setAnalysis(AnalysisProto.toProto(analyzed));
      case Result.Scheduled scheduled -> message.setSchedule(toProto(scheduled));
      case Result.Drawn drawn -> message.setCurve(toProto(drawn));
      case Result.Forecasted forecasted -> message.setForecast(ForecastProto.toProto(forecasted));
    }
    return message.build();
  }

  /**
   * What was written before.
   *
   * @throws IllegalArgumentException when it holds nothing that is known
   */
  public static Result fromProto(dev.makespan.proto.plan.v1.Result message) {
    return switch (message.getKindCase()) {
      case ANALYSIS -> AnalysisReading.analyzed(message.getAnalysis());
      case SCHEDULE -> fromProto(message.getSchedule());
      case CURVE -> fromProto(message.getCurve());
      case FORECAST -> ForecastProto.fromProto(message.getForecast());
      case KIND_NOT_SET -> throw new IllegalArgumentException("a result of no known kind");
    };
  }

  public static PlanSchedule toProto(Result.Scheduled schedule) {
    PlanSchedule.Builder message =
        PlanSchedule.newBuilder()
            .setMakespan(Times.toProto(schedule.makespan()))
            .setLowerBound(Times.toProto(schedule.lowerBound()))
            .setLowerBoundReason(schedule.lowerBoundReason())
            .setGapPercent(Progress.gapPercent(schedule.makespan(), schedule.lowerBound()))
            .setOptimal(schedule.isOptimal())
            .setSchedules(schedule.schedules());
    schedule.tasks().forEach(task -> message.addTasks(AnalysisProto.toProto(task)));
    return message.build();
  }

  private static Result fromProto(PlanSchedule message) {
    return new Result.Scheduled(
        Times.fromProto(message.getMakespan()),
        Times.fromProto(message.getLowerBound()),
        message.getLowerBoundReason(),
        message.getSchedules(),
        message.getTasksList().stream().map(AnalysisReading::fromProto).toList());
  }

  public static AgentCurve toProto(Result.Drawn drawn) {
    Overheads overheads = drawn.curve().overheads();
    AgentCurve.Builder message =
        AgentCurve.newBuilder()
            .setKnee(drawn.curve().knee())
            .addAllRoles(drawn.roles().stream().map(Role::value).toList())
            .setMerge(Times.toProto(overheads.merge()))
            .setConflictChance(overheads.conflictChance())
            .setRework(overheads.rework());
    drawn.curve().points().forEach(point -> message.addPoints(toProto(point)));
    return message.build();
  }

  private static CurvePoint toProto(Point point) {
    return CurvePoint.newBuilder()
        .setAgents(point.agents())
        .setMakespan(Times.toProto(point.makespan()))
        .setLowerBound(Times.toProto(point.lowerBound()))
        .setNet(Times.toProto(point.net()))
        .setPaid(Times.toProto(point.paid()))
        .setEfficiency(point.efficiency())
        .build();
  }

  private static Result fromProto(AgentCurve message) {
    Overheads overheads =
        new Overheads(
            Times.fromProto(message.getMerge()), message.getConflictChance(), message.getRework());
    return new Result.Drawn(
        message.getRolesList().stream().map(Role::new).toList(),
        new dev.makespan.core.schedule.AgentCurve(
            message.getPointsList().stream().map(ResultProto::fromProto).toList(),
            message.getKnee(),
            overheads));
  }

  private static Point fromProto(CurvePoint message) {
    return new Point(
        message.getAgents(),
        Times.fromProto(message.getMakespan()),
        Times.fromProto(message.getLowerBound()),
        Times.fromProto(message.getNet()),
        Times.fromProto(message.getPaid()),
        message.getEfficiency());
  }
}
