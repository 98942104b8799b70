package dev.makespan.planner.wire;

import dev.makespan.core.plan.Problem;
import dev.makespan.planner.Violation;
import dev.makespan.proto.plan.v1.Severity;
import dev.makespan.proto.plan.v1.StoredPlan;
import java.util.List;

/** Stored plans and their problems, to their messages. */
public final class StoredPlanProto {

  private StoredPlanProto() {}

  public static StoredPlan toProto(dev.makespan.planner.StoredPlan plan) {
    return StoredPlan.newBuilder()
        .setName(plan.name())
        .setVersion(plan.version())
        .setTitle(plan.title())
        .setTaskCount(plan.taskCount())
        .setContentHash(plan.contentHash())
        .setCreateTime(Times.toProto(plan.createTime()))
        .build();
  }

  public static List<dev.makespan.proto.plan.v1.Problem> toProto(List<Violation> violations) {
    return violations.stream().map(StoredPlanProto::toProto).toList();
  }

  private static dev.makespan.proto.plan.v1.Problem toProto(Violation violation) {
    dev.makespan.proto.plan.v1.Problem.Builder message =
        dev.makespan.proto.plan.v1.Problem.newBuilder()
            .setSeverity(severity(violation.severity()))
            .setFileName(violation.field())
            .setKind(violation.kind())
            .setMessage(violation.message());
    if (violation.at() != null) {
      message.setLine(violation.at().line()).setColumn(violation.at().column());
    }
    return message.build();
  }

  private static Severity severity(Problem.Severity severity) {
    return switch (severity) {
      case ERROR -> Severity.SEVERITY_ERROR;
      case WARNING -> Severity.SEVERITY_WARNING;
      case NOTE -> Severity.SEVERITY_NOTE;
    };
  }
}
