package dev.makespan.planner.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.planner.FindingApplication;
import dev.makespan.proto.plan.v1.ApplyFindingsRequest;
import dev.makespan.proto.plan.v1.ApplyFindingsResponse;
import dev.makespan.proto.plan.v1.PlanSource;
import java.util.List;

/** Applications of findings, from and to their messages. */
public final class ApplicationProto {

  private ApplicationProto() {}

  public static FindingApplication.Wish fromProto(ApplyFindingsRequest message) {
    return new FindingApplication.Wish(
        message.getRequestId(),
        message.getName(),
        message.getVersion(),
        List.copyOf(message.getFindingsList()),
        message.getAll(),
        message.getRemedy(),
        message.getPoolsMap(),
        message.getDryRun());
  }

  public static ApplyFindingsResponse toProto(FindingApplication.Applied applied) {
    ApplyFindingsResponse.Builder message =
        ApplyFindingsResponse.newBuilder()
            .setPlan(StoredPlanProto.toProto(applied.plan()))
            .setSource(
                PlanSource.newBuilder()
                    .setFileName(applied.source().fileName())
                    .setContent(UnsafeByteOperations.unsafeWrap(applied.source().content())))
            .addAllChanges(ReviewProto.toProto(applied.changes()))
            .setScheduleBefore(Times.toProto(applied.before()))
            .setScheduleAfter(Times.toProto(applied.after()))
            .addAllWarnings(StoredPlanProto.toProto(applied.warnings()));
    if (applied.promised() != null) {
      message.setSchedulePromised(Times.toProto(applied.promised()));
    }
    return message.build();
  }
}
