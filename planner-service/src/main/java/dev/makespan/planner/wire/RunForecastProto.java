package dev.makespan.planner.wire;

import dev.makespan.core.plan.TaskId;
import dev.makespan.planner.LiveForecast;
import dev.makespan.proto.run.v1.RolePace;
import dev.makespan.proto.run.v1.RunForecast;

/** Forecasts of live runs to their messages. */
public final class RunForecastProto {

  private RunForecastProto() {}

  public static RunForecast toProto(LiveForecast live) {
    var forecast = live.forecast();
    RunForecast.Builder message =
        RunForecast.newBuilder()
            .setRunId(live.runId())
            .setForecastTime(Times.toProto(live.at()))
            .setP50FinishTime(Times.toProto(live.finish(forecast.p50())))
            .setP80FinishTime(Times.toProto(live.finish(forecast.p80())))
            .setP95FinishTime(Times.toProto(live.finish(forecast.p95())))
            .setP50Remaining(Times.toProto(forecast.p50()))
            .setP80Remaining(Times.toProto(forecast.p80()))
            .setP95Remaining(Times.toProto(forecast.p95()))
            .setSamples(forecast.samples())
            .setSeed(live.seed())
            .addAllWaitingForPerson(live.waiting().stream().map(TaskId::value).toList());
    live.slots()
        .forEach((role, slots) ->
            message.addRoles(
                RolePace.newBuilder()
                    .setRole(role.value())
                    .setSlots(slots)
                    .setPace(forecast.pace().getOrDefault(role, 1.0))));
    return message.build();
  }
}
