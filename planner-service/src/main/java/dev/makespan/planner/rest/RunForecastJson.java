package dev.makespan.planner.rest;

import dev.makespan.core.plan.TaskId;
import dev.makespan.planner.LiveForecast;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When a live run will be done; times are real time, the remaining seconds plan time. */
@RegisterForReflection
public record RunForecastJson(
    long run,
    Instant time,
    Instant p50FinishTime,
    Instant p80FinishTime,
    Instant p95FinishTime,
    double p50RemainingSeconds,
    double p80RemainingSeconds,
    double p95RemainingSeconds,
    int samples,
    long seed,
    List<RolePaceJson> roles,
    List<String> waitingForPerson) {

  /** What was assumed of a role: slots, and measured over planned durations. */
  @RegisterForReflection
  public record RolePaceJson(String role, int slots, double pace) {}

  static RunForecastJson of(LiveForecast live) {
    var forecast = live.forecast();
    List<RolePaceJson> roles = new ArrayList<>();
    live.slots()
        .forEach((role, slots) ->
            roles.add(
                new RolePaceJson(role.value(), slots, forecast.pace().getOrDefault(role, 1.0))));
    return new RunForecastJson(
        live.runId(),
        live.at(),
        live.finish(forecast.p50()),
        live.finish(forecast.p80()),
        live.finish(forecast.p95()),
        Seconds.of(forecast.p50()),
        Seconds.of(forecast.p80()),
        Seconds.of(forecast.p95()),
        forecast.samples(),
        live.seed(),
        roles,
        live.waiting().stream().map(TaskId::value).toList());
  }
}
