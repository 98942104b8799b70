package dev.makespan.planner.wire;

import dev.makespan.core.analysis.PlanAnalysis;
import dev.makespan.core.plan.TaskId;
import dev.makespan.planner.Result;
import dev.makespan.proto.plan.v1.Analysis;
import dev.makespan.proto.plan.v1.Hazard;
import dev.makespan.proto.plan.v1.PlannedTask;
import dev.makespan.proto.plan.v1.Wave;
import java.util.List;

/** Analyses, to their messages. */
public final class AnalysisProto {

  private AnalysisProto() {}

  /** With its review. */
  static Analysis toProto(Result.Analyzed analyzed) {
    return toProto(analyzed.analysis()).toBuilder()
        .setReview(ReviewProto.toProto(analyzed))
        .build();
  }

  static Analysis toProto(PlanAnalysis analysis) {
    Analysis.Builder message =
        Analysis.newBuilder()
            .setSequential(Times.toProto(analysis.sequential()))
            .setCriticalPath(Times.toProto(analysis.criticalPath()))
            .setSchedule(Times.toProto(analysis.schedule()))
            .setLowerBound(Times.toProto(analysis.lowerBound()))
            .setLowerBoundReason(analysis.lowerBoundReason())
            .addAllCriticalTasks(ids(analysis.criticalTasks()))
            .addAllRemarks(analysis.remarks());
    analysis
        .waves()
        .forEach(wave -> message.addWaves(Wave.newBuilder().addAllTasks(ids(wave)).build()));
    analysis.tasks().forEach(task -> message.addTasks(toProto(task)));
    analysis.hazards().forEach(hazard -> message.addHazards(toProto(hazard)));
    return message.build();
  }

  static PlannedTask toProto(dev.makespan.core.analysis.PlannedTask task) {
    return PlannedTask.newBuilder()
        .setTask(task.task().value())
        .setStart(Times.toProto(task.start()))
        .setFinish(Times.toProto(task.finish()))
        .setSlack(Times.toProto(task.slack()))
        .setCritical(task.critical())
        .setSlot(task.slot())
        .build();
  }

  private static Hazard toProto(dev.makespan.core.analysis.Hazard hazard) {
    return Hazard.newBuilder()
        .setPath(hazard.path())
        .setKind(hazard.kind())
        .addAllTasks(ids(hazard.tasks()))
        .setTurnTakingCost(Times.toProto(hazard.turnTakingCost()))
        .build();
  }

  private static List<String> ids(List<TaskId> tasks) {
    return tasks.stream().map(TaskId::value).toList();
  }
}
