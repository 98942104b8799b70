package dev.makespan.planner.wire;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.schedule.Forecast.TaskRisk;
import dev.makespan.planner.Result;
import dev.makespan.proto.plan.v1.Forecast;
import dev.makespan.proto.plan.v1.Percentile;

/** Forecasts, from and to their messages. */
public final class ForecastProto {

  private ForecastProto() {}

  public static Forecast toProto(Result.Forecasted forecasted) {
    dev.makespan.core.schedule.Forecast forecast = forecasted.forecast();
    Forecast.Builder message =
        Forecast.newBuilder()
            .setPlanned(Times.toProto(forecast.planned()))
            .setOnTime(forecast.onTime())
            .setMean(Times.toProto(forecast.mean()))
            .addAllCurve(forecast.curve().stream().map(Times::toProto).toList())
            .setSamples(forecast.samples());
    forecast.percentiles().forEach(percentile -> message.addPercentiles(toProto(percentile)));
    for (int i = 0; i < forecasted.tasks().size(); i++) {
      TaskRisk risk = forecast.tasks().get(i);
      message.addTasks(
          dev.makespan.proto.plan.v1.TaskRisk.newBuilder()
              .setTask(forecasted.tasks().get(i).value())
              .setCriticality(risk.criticality())
              .setSensitivity(risk.sensitivity()));
    }
    return message.build();
  }

  static Result fromProto(Forecast message) {
    return new Result.Forecasted(
        message.getTasksList().stream().map(task -> new TaskId(task.getTask())).toList(),
        new dev.makespan.core.schedule.Forecast(
            Times.fromProto(message.getPlanned()),
            message.getOnTime(),
            Times.fromProto(message.getMean()),
            message.getPercentilesList().stream().map(ForecastProto::fromProto).toList(),
            message.getCurveList().stream().map(Times::fromProto).toList(),
            message.getTasksList().stream()
                .map(task -> new TaskRisk(task.getCriticality(), task.getSensitivity()))
                .toList(),
            message.getSamples()));
  }

  private static Percentile toProto(dev.makespan.core.schedule.Forecast.Percentile percentile) {
    return Percentile.newBuilder()
        .setPercent(percentile.percent())
        .setFinish(Times.toProto(percentile.finish()))
        .setLow(Times.toProto(percentile.low()))
        .setHigh(Times.toProto(percentile.high()))
        .build();
  }

  private static dev.makespan.core.schedule.Forecast.Percentile fromProto(Percentile message) {
    return new dev.makespan.core.schedule.Forecast.Percentile(
        message.getPercent(),
        Times.fromProto(message.getFinish()),
        Times.fromProto(message.getLow()),
        Times.fromProto(message.getHigh()));
  }
}
