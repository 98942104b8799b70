package dev.makespan.formats.plan;

import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks as messages and back. */
final class TaskProto {

  private TaskProto() {}

  static dev.makespan.proto.plan.v1.Task toProto(Task task) {
    Placement placement = task.placement();
    PhaseId phase = placement.phase();
    var proto =
        dev.makespan.proto.plan.v1.Task.newBuilder()
            .setId(task.id().value())
            .setTitle(task.title())
            .setPhase(phase == null ? "" : phase.value())
            .setRole(placement.role().value())
            .putAllLabels(placement.labels())
            .setPriority(toProto(placement.priority()))
            .setRisk(toProto(placement.risk()))
            .setEstimate(toProto(task.estimate()))
            .putAllUses(task.uses())
            .addAllRanges(task.ranges())
            .setExecution(ExecutionProto.toProto(task.execution()))
            .setCompletion(CompletionProto.toProto(task.completion()))
            .setBudget(PlanProto.toProto(task.budget()));
    task.needs().forEach(need -> proto.addNeeds(toProto(need)));
    task.stubs().forEach(stub -> proto.addStubs(toProto(stub)));
    task.files().forEach(access -> proto.addFiles(FileAccessProto.toProto(access)));
    task.milestones().forEach(milestone -> proto.addMilestones(toProto(milestone)));
    task.steps().forEach(step -> proto.addSteps(toProto(step)));
    return proto.build();
  }

  static Task fromProto(dev.makespan.proto.plan.v1.Task proto) {
    proto.getUsesMap().values().forEach(units -> Fields.notNegative("uses", units));
    return new Task(
        new TaskId(proto.getId()),
        proto.getTitle(),
        placement(proto),
        Fields.at("estimate", () -> fromProto(proto.getEstimate())),
        Fields.each("needs", proto.getNeedsList(), TaskProto::fromProto),
        Fields.each("stubs", proto.getStubsList(), TaskProto::fromProto),
        Fields.each("files", proto.getFilesList(), FileAccessProto::fromProto),
        proto.getUsesMap(),
        Fields.each("milestones", proto.getMilestonesList(), TaskProto::fromProto),
        Fields.each("steps", proto.getStepsList(), TaskProto::fromProto),
        List.copyOf(proto.getRangesList()),
        Fields.at("execution", () -> ExecutionProto.fromProto(proto.getExecution())),
        Fields.at("completion", () -> CompletionProto.fromProto(proto.getCompletion())),
        PlanProto.fromProto(proto.getBudget()));
  }

  private static Placement placement(dev.makespan.proto.plan.v1.Task proto) {
    return new Placement(
        proto.getPhase().isEmpty() ? null : new PhaseId(proto.getPhase()),
        new Role(proto.getRole()),
        priority(proto),
        proto.getRisk() == dev.makespan.proto.plan.v1.Level.LEVEL_UNSPECIFIED
            ? null
            : level("risk", proto.getRisk(), proto.getRiskValue()),
        proto.getLabelsMap());
  }

  private static dev.makespan.proto.plan.v1.Priority toProto(Priority priority) {
    return switch (priority) {
      case P0 -> dev.makespan.proto.plan.v1.Priority.PRIORITY_P0;
      case P1 -> dev.makespan.proto.plan.v1.Priority.PRIORITY_P1;
      case P2 -> dev.makespan.proto.plan.v1.Priority.PRIORITY_P2;
      case P3 -> dev.makespan.proto.plan.v1.Priority.PRIORITY_P3;
    };
  }

  private static Priority priority(dev.makespan.proto.plan.v1.Task proto) {
    return switch (proto.getPriority()) {
      case PRIORITY_P0 -> Priority.P0;
      case PRIORITY_P1 -> Priority.P1;
      case PRIORITY_UNSPECIFIED, PRIORITY_P2 -> Priority.P2;
      case PRIORITY_P3 -> Priority.P3;
      case UNRECOGNIZED -> throw Fields.unknownEnum("priority", proto.getPriorityValue());
    };
  }

  static dev.makespan.proto.plan.v1.Level toProto(@Nullable Level level) {
    if (level == null) {
      return dev.makespan.proto.plan.v1.Level.LEVEL_UNSPECIFIED;
    }
    return switch (level) {
      case LOW -> dev.makespan.proto.plan.v1.Level.LEVEL_LOW;
      case MEDIUM -> dev.makespan.proto.plan.v1.Level.LEVEL_MEDIUM;
      case HIGH -> dev.makespan.proto.plan.v1.Level.LEVEL_HIGH;
    };
  }

  static Level level(String name, dev.makespan.proto.plan.v1.Level proto, int number) {
    return switch (proto) {
      case LEVEL_LOW -> Level.LOW;
      case LEVEL_MEDIUM -> Level.MEDIUM;
      case LEVEL_HIGH -> Level.HIGH;
      case LEVEL_UNSPECIFIED, UNRECOGNIZED -> throw Fields.unknownEnum(name, number);
    };
  }

  private static dev.makespan.proto.plan.v1.Estimate toProto(Estimate estimate) {
    return dev.makespan.proto.plan.v1.Estimate.newBuilder()
        .setOptimistic(Durations.toProto(estimate.optimistic()))
        .setLikely(Durations.toProto(estimate.likely()))
        .setPessimistic(Durations.toProto(estimate.pessimistic()))
        .setSize(Fields.orEmpty(estimate.size()))
        .setAssumed(estimate.assumed())
        .build();
  }

  private static Estimate fromProto(dev.makespan.proto.plan.v1.Estimate proto) {
    return new Estimate(
        Fields.at(
            "optimistic", () -> Durations.fromProto(proto.hasOptimistic(), proto.getOptimistic())),
        Fields.at("likely", () -> Durations.fromProto(proto.hasLikely(), proto.getLikely())),
        Fields.at(
            "pessimistic",
            () -> Durations.fromProto(proto.hasPessimistic(), proto.getPessimistic())),
        Fields.orNull(proto.getSize()),
        proto.getAssumed());
  }

  static dev.makespan.proto.plan.v1.Need toProto(Need need) {
    MilestoneId milestone = need.milestone();
    return dev.makespan.proto.plan.v1.Need.newBuilder()
        .setTask(need.task().value())
        .setMilestone(milestone == null ? "" : milestone.value())
        .build();
  }

  static Need fromProto(dev.makespan.proto.plan.v1.Need proto) {
    return new Need(
        new TaskId(proto.getTask()),
        proto.getMilestone().isEmpty() ? null : new MilestoneId(proto.getMilestone()));
  }

  static Stub fromProto(dev.makespan.proto.plan.v1.Stub stub) {
    return new Stub(new TaskId(stub.getTask()), stub.getVia(), Fields.orNull(stub.getWire()));
  }

  static dev.makespan.proto.plan.v1.Stub toProto(Stub stub) {
    return dev.makespan.proto.plan.v1.Stub.newBuilder()
        .setTask(stub.task().value())
        .setVia(stub.via())
        .setWire(Fields.orEmpty(stub.wire()))
        .build();
  }

  static dev.makespan.proto.plan.v1.Milestone toProto(Milestone milestone) {
    return dev.makespan.proto.plan.v1.Milestone.newBuilder()
        .setId(milestone.id().value())
        .setTitle(milestone.title())
        .setAfter(Durations.toProto(milestone.after()))
        .build();
  }

  static Milestone fromProto(dev.makespan.proto.plan.v1.Milestone proto) {
    return new Milestone(
        new MilestoneId(proto.getId()),
        proto.getTitle(),
        Fields.at("after", () -> Durations.fromProto(proto.hasAfter(), proto.getAfter())));
  }

  private static dev.makespan.proto.plan.v1.Step toProto(Step step) {
    return dev.makespan.proto.plan.v1.Step.newBuilder()
        .setId(step.id())
        .setTitle(step.title())
        .setDuration(Durations.toProto(step.duration()))
        .addAllReads(step.reads().stream().map(FilePattern::text).toList())
        .addAllWrites(step.writes().stream().map(FilePattern::text).toList())
        .addAllAfter(step.after())
        .build();
  }

  private static Step fromProto(dev.makespan.proto.plan.v1.Step proto) {
    return new Step(
        proto.getId(),
        proto.getTitle(),
        Fields.at("duration", () -> Durations.fromProto(proto.hasDuration(), proto.getDuration())),
        Fields.each("reads", proto.getReadsList(), FilePattern::new),
        Fields.each("writes", proto.getWritesList(), FilePattern::new),
        List.copyOf(proto.getAfterList()));
  }
}
