package dev.makespan.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.makespan.proto.run.v1.RunForecast;

/** When a live run will be done, for people and for programs. */
final class RunForecastView {

  private RunForecastView() {}

  static String text(RunForecast forecast) {
    String waiting =
        forecast.getWaitingForPersonCount() == 0
            ? ""
            : "\nand later if nobody attends to "
                + String.join(", ", forecast.getWaitingForPersonList());
    return "done in %s (P50), %s (P80), %s (P95) of plan time, at %s, %s, %s%s"
        .formatted(
            Texts.duration(Protos.duration(forecast.getP50Remaining())),
            Texts.duration(Protos.duration(forecast.getP80Remaining())),
            Texts.duration(Protos.duration(forecast.getP95Remaining())),
            Texts.time(Protos.instant(forecast.getP50FinishTime())),
            Texts.time(Protos.instant(forecast.getP80FinishTime())),
            Texts.time(Protos.instant(forecast.getP95FinishTime())),
            waiting);
  }

  static void put(ObjectNode node, RunForecast forecast) {
    node.put("time", Protos.instant(forecast.getForecastTime()).toString());
    node.put("p50FinishTime", Protos.instant(forecast.getP50FinishTime()).toString());
    node.put("p80FinishTime", Protos.instant(forecast.getP80FinishTime()).toString());
    node.put("p95FinishTime", Protos.instant(forecast.getP95FinishTime()).toString());
    Json.putSeconds(node, "p50RemainingSeconds", Protos.duration(forecast.getP50Remaining()));
    Json.putSeconds(node, "p80RemainingSeconds", Protos.duration(forecast.getP80Remaining()));
    Json.putSeconds(node, "p95RemainingSeconds", Protos.duration(forecast.getP95Remaining()));
    node.put("samples", forecast.getSamples());
    node.put("seed", forecast.getSeed());
    var waiting = node.putArray("waitingForPerson");
    forecast.getWaitingForPersonList().forEach(waiting::add);
  }
}
