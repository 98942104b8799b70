package dev.makespan.planner.wire;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.analysis.PlannedTask;
import dev.makespan.core.plan.TaskId;
import dev.makespan.planner.Result;
import dev.makespan.proto.plan.v1.Analysis;
import java.util.List;

/** Analyses, from their messages: what {@link AnalysisProto} has written. */
final class AnalysisReading {

  private AnalysisReading() {}

  /** With its review. */
  static Result.Analyzed analyzed(Analysis message) {
    PlanAnalysis analysis = fromProto(message);
    return new Result.Analyzed(
        analysis,
        ReviewReading.fromProto(message.getReview(), analysis),
        ReviewReading.places(message.getReview()));
  }

  static PlanAnalysis fromProto(Analysis message) {
    return new PlanAnalysis(
        Times.fromProto(message.getSequential()),
        Times.fromProto(message.getCriticalPath()),
        Times.fromProto(message.getSchedule()),
        Times.fromProto(message.getLowerBound()),
        message.getLowerBoundReason(),
        ids(message.getCriticalTasksList()),
        message.getWavesList().stream().map(wave -> ids(wave.getTasksList())).toList(),
        message.getTasksList().stream().map(AnalysisReading::fromProto).toList(),
        message.getHazardsList().stream().map(AnalysisReading::fromProto).toList(),
        List.copyOf(message.getRemarksList()));
  }

  static PlannedTask fromProto(dev.makespan.proto.plan.v1.PlannedTask message) {
    return new PlannedTask(
        new TaskId(message.getTask()),
        Times.fromProto(message.getStart()),
        Times.fromProto(message.getFinish()),
        Times.fromProto(message.getSlack()),
        message.getCritical(),
        message.getSlot());
  }

  private static Hazard fromProto(dev.makespan.proto.plan.v1.Hazard message) {
    return new Hazard(
        message.getPath(),
        message.getKind(),
        ids(message.getTasksList()),
        Times.fromProto(message.getTurnTakingCost()));
  }

  private static List<TaskId> ids(List<String> tasks) {
    return tasks.stream().map(TaskId::new).toList();
  }
}
