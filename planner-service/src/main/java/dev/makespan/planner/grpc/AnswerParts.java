package dev.makespan.planner.grpc;

import dev.makespan.planner.Result;
import dev.makespan.planner.wire.ResultProto;
import dev.makespan.proto.plan.v1.Forecast;
import dev.makespan.proto.plan.v1.ForecastPlanResponse;
import dev.makespan.proto.plan.v1.GetAgentCurveResponse;
import dev.makespan.proto.plan.v1.PlanSchedule;
import dev.makespan.proto.plan.v1.SchedulePlanResponse;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Results in parts that fit into messages; merged they are the whole. */
final class AnswerParts {

  /** Tasks of one part: with the longest names about a megabyte. */
  static final int TASKS = 5_000;

  private AnswerParts() {}

  static Iterator<SchedulePlanResponse> ofSchedule(Result result) {
    PlanSchedule whole = ResultProto.toProto(result).getSchedule();
    return IntStream.range(0, parts(whole.getTasksCount()))
        .mapToObj(part -> part(whole, part))
        .map(part -> SchedulePlanResponse.newBuilder().setSchedule(part).build())
        .iterator();
  }

  static Iterator<GetAgentCurveResponse> ofCurve(Result result) {
    return List.of(
            GetAgentCurveResponse.newBuilder()
                .setCurve(ResultProto.toProto(result).getCurve())
                .build())
        .iterator();
  }

  static Iterator<ForecastPlanResponse> ofForecast(Result result) {
    Forecast whole = ResultProto.toProto(result).getForecast();
    return IntStream.range(0, parts(whole.getTasksCount()))
        .mapToObj(part -> part(whole, part))
        .map(part -> ForecastPlanResponse.newBuilder().setForecast(part).build())
        .iterator();
  }

  private static PlanSchedule part(PlanSchedule whole, int part) {
    PlanSchedule.Builder message =
        part == 0 ? whole.toBuilder().clearTasks() : PlanSchedule.newBuilder();
    return message.addAllTasks(tasks(whole.getTasksList(), part)).build();
  }

  private static Forecast part(Forecast whole, int part) {
    Forecast.Builder message = part == 0 ? whole.toBuilder().clearTasks() : Forecast.newBuilder();
    return message.addAllTasks(tasks(whole.getTasksList(), part)).build();
  }

  /** A plan without tasks has one part, too. */
  private static int parts(int tasks) {
    return Math.max(1, Math.ceilDiv(tasks, TASKS));
  }

  private static <T> List<T> tasks(List<T> all, int part) {
    return all.subList(part * TASKS, Math.min(all.size(), (part + 1) * TASKS));
  }
}
