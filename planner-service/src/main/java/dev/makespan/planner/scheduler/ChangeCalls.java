package dev.makespan.planner.scheduler;

import dev.makespan.formats.plan.PlanProto;
import dev.makespan.formats.run.BudgetProto;
import dev.makespan.planner.RunChange;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.scheduler.v1.AmendRunRequest;
import dev.makespan.proto.scheduler.v1.AnswerBlockerRequest;
import dev.makespan.proto.scheduler.v1.ApproveRequest;
import dev.makespan.proto.scheduler.v1.CancelTaskRequest;
import dev.makespan.proto.scheduler.v1.ChangeMergesRequest;
import dev.makespan.proto.scheduler.v1.DropMerge;
import dev.makespan.proto.scheduler.v1.HoldMerges;
import dev.makespan.proto.scheduler.v1.PauseRunRequest;
import dev.makespan.proto.scheduler.v1.ReleaseMerges;
import dev.makespan.proto.scheduler.v1.ReorderMerges;
import dev.makespan.proto.scheduler.v1.ResumeRunRequest;
import dev.makespan.proto.scheduler.v1.RetryMerges;
import dev.makespan.proto.scheduler.v1.RetryTaskRequest;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import dev.makespan.proto.scheduler.v1.SkipTaskRequest;
import java.util.function.Consumer;
import java.util.function.Function;

/** Changes of runs as calls of the scheduler. */
final class ChangeCalls {

  private ChangeCalls() {}

  static Function<SchedulerServiceBlockingStub, Run> of(long run, RunChange change) {
    return switch (change) {
      case RunChange.Pause c -> {
        var request = PauseRunRequest.newBuilder().setRunId(run).setReason(c.reason()).build();
        yield stub -> stub.pauseRun(request).getRun();
      }
      case RunChange.Resume c -> {
        var request =
            ResumeRunRequest.newBuilder()
                .setRunId(run)
                .setBudget(BudgetProto.toProto(c.budget()))
                .setBy(c.by())
                .build();
        yield stub -> stub.resumeRun(request).getRun();
      }
      case RunChange.Amend c -> {
        var request =
            AmendRunRequest.newBuilder()
                .setRunId(run)
                .setPlan(PlanProto.toProto(c.plan()))
                .setPlanVersion(c.planVersion())
                .build();
        yield stub -> stub.amendRun(request).getRun();
      }
      case RunChange.CancelTask c -> {
        var request =
            CancelTaskRequest.newBuilder()
                .setRunId(run)
                .setTask(c.task())
                .setReason(c.reason())
                .build();
        yield stub -> stub.cancelTask(request).getRun();
      }
      case RunChange.RetryTask c -> {
        var request =
            RetryTaskRequest.newBuilder()
                .setRunId(run)
                .setTask(c.task())
                .setReason(c.reason())
                .build();
        yield stub -> stub.retryTask(request).getRun();
      }
      case RunChange.SkipTask c -> {
        var request =
            SkipTaskRequest.newBuilder()
                .setRunId(run)
                .setTask(c.task())
                .setReason(c.reason())
                .build();
        yield stub -> stub.skipTask(request).getRun();
      }
      case RunChange.HoldMerges c ->
          merges(run, c.by(), to -> to.setHold(HoldMerges.newBuilder().setReason(c.reason())));
      case RunChange.ReleaseMerges c ->
          merges(run, c.by(), to -> to.setRelease(ReleaseMerges.getDefaultInstance()));
      case RunChange.ReorderMerges c ->
          merges(
              run, c.by(), to -> to.setReorder(ReorderMerges.newBuilder().addAllFirst(c.first())));
      case RunChange.DropMerge c ->
          merges(
              run,
              c.by(),
              to -> to.setDrop(DropMerge.newBuilder().setTask(c.task()).setNote(c.note())));
      case RunChange.RetryMerges c ->
          merges(run, c.by(), to -> to.setRetry(RetryMerges.newBuilder().setReason(c.reason())));
      case RunChange.Approve c -> {
        ApproveRequest request = approve(run, c);
        yield stub -> stub.approve(request).getRun();
      }
      case RunChange.AnswerBlocker c -> {
        var request =
            AnswerBlockerRequest.newBuilder()
                .setRunId(run)
                .setTask(c.task())
                .setBlocker(c.blocker())
                .setText(c.text())
                .setBy(c.by())
                .build();
        yield stub -> stub.answerBlocker(request).getRun();
      }
    };
  }

  private static Function<SchedulerServiceBlockingStub, Run> merges(
      long run, String by, Consumer<ChangeMergesRequest.Builder> change) {
    ChangeMergesRequest.Builder request = ChangeMergesRequest.newBuilder().setRunId(run).setBy(by);
    change.accept(request);
    return stub -> stub.changeMerges(request.build()).getRun();
  }

  private static ApproveRequest approve(long run, RunChange.Approve c) {
    ApproveRequest.Builder request =
        ApproveRequest.newBuilder()
            .setRunId(run)
            .setName(c.name())
            .setBy(c.by())
            .setNote(c.note())
            .setDecline(c.decline());
    return switch (c.of()) {
      case TASK -> request.setTask(c.subject()).build();
      case PHASE -> request.setPhase(c.subject()).build();
    };
  }
}
