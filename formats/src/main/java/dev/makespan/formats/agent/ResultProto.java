package dev.makespan.formats.agent;

import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.session.AgentSays;
import dev.makespan.proto.agent.v1.GateReport;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How an attempt ended. */
final class ResultProto {

  private ResultProto() {}

  static AgentSays.Result read(Result result) {
    return new AgentSays.Result(
        Fields.ref(result.getTask()),
        Fields.id("result id", result.getResultId()),
        outcome(result),
        Fields.text("message", result.getMessage(), AgentLimits.MAX_LINE),
        metrics(result.getMetricsMap()),
        gates(result.getGatesList()),
        TracesProto.files(result.getFilesList()),
        TracesProto.commit(result.getCommit()),
        TracesProto.artifacts(result.getArtifactsList()),
        TracesProto.usage(result.getUsage()),
        outputs(result),
        result.hasBatch() ? BatchProto.read(result.getBatch()) : null);
  }

  private static Map<String, String> outputs(Result result) {
    Fields.atMost("outputs", result.getOutputsCount(), AgentLimits.MAX_ENTRIES);
    return Fields.texts("outputs", result.getOutputsMap(), AgentLimits.MAX_LINE);
  }

  private static AgentSays.Outcome outcome(Result result) {
    return switch (result.getOutcome()) {
      case OUTCOME_OK -> AgentSays.Outcome.OK;
      case OUTCOME_FAILED -> AgentSays.Outcome.FAILED;
      case OUTCOME_FATAL -> AgentSays.Outcome.FATAL;
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw Fields.wrong("outcome", "OK, FAILED or FATAL", result.getOutcomeValue());
    };
  }

  private static Map<String, Double> metrics(Map<String, Double> metrics) {
    Fields.atMost("metrics", metrics.size(), AgentLimits.MAX_ENTRIES);
    Map<String, Double> checked = new LinkedHashMap<>();
    new TreeMap<>(metrics)
        .forEach((name, value) ->
            checked.put(Fields.name("metrics", name), Fields.finite("metrics." + name, value)));
    return checked;
  }

  private static List<AgentSays.GateReport> gates(List<GateReport> gates) {
    Fields.atMost("gates", gates.size(), AgentLimits.MAX_ENTRIES);
    return gates.stream()
        .map(gate ->
            new AgentSays.GateReport(
                Fields.text("gates.gate", gate.getGate(), AgentLimits.MAX_LINE),
                gate.getGreen(),
                Fields.text("gates.report", gate.getReport(), AgentLimits.MAX_REPORT)))
        .toList();
  }

  static Result toProto(AgentSays.Result result) {
    Result.Builder message =
        Result.newBuilder()
            .setTask(Fields.toProto(result.task()))
            .setResultId(result.resultId())
            .setOutcome(toProto(result.outcome()))
            .setMessage(result.message())
            .putAllMetrics(result.metrics())
            .addAllGates(result.gates().stream().map(ResultProto::toProto).toList())
            .addAllFiles(TracesProto.filesToProto(result.files()))
            .setCommit(result.commit())
            .addAllArtifacts(result.artifacts().stream().map(TracesProto::toProto).toList())
            .setUsage(TracesProto.toProto(result.usage()))
            .putAllOutputs(result.outputs());
    BatchReport batch = result.batch();
    if (batch != null) {
      message.setBatch(BatchProto.toProto(batch));
    }
    return message.build();
  }

  private static Outcome toProto(AgentSays.Outcome outcome) {
    return switch (outcome) {
      case OK -> Outcome.OUTCOME_OK;
      case FAILED -> Outcome.OUTCOME_FAILED;
      case FATAL -> Outcome.OUTCOME_FATAL;
    };
  }

  private static GateReport toProto(AgentSays.GateReport gate) {
    return GateReport.newBuilder()
        .setGate(gate.gate())
        .setGreen(gate.green())
        .setReport(gate.report())
        .build();
  }
}
