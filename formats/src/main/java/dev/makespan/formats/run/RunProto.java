package dev.makespan.formats.run;

import dev.makespan.core.run.Checkpoints.Checkpoint;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunView;
import dev.makespan.core.run.RunView.TaskView;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Blocker;
import dev.makespan.core.task.TaskState;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.FileAccessProto;
import dev.makespan.proto.run.v1.ReachedMilestone;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.TaskRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Runs, as clients see them, to proto. */
public final class RunProto {

  private RunProto() {}

  public static Run toProto(RunView view) {
    RunSpec spec = view.spec();
    Run.Builder run =
        Run.newBuilder()
            .setId(spec.id().value())
            .setPlanName(spec.plan().name())
            .setPlanVersion(spec.planVersion())
            .setState(StateProto.toProto(view.state()))
            .setSpeed(spec.speed())
            .setSimulated(spec.simulated())
            .putAllParameters(spec.parameters())
            .setCreateTime(Times.toProto(spec.createdAt()))
            .setPosition(view.position())
            .setReason(view.reason())
            .setWeight(spec.weight())
            .setBudget(BudgetProto.toProto(view.budget()));
    setTimes(run, view.startedAt(), view.finishedAt());
    view.tasks().forEach(task -> run.addTasks(toProto(task)));
    view.checkpoints().forEach(checkpoint -> run.addCheckpoints(toProto(checkpoint)));
    MergeView merges = view.merges();
    if (merges != null) {
      run.setMerges(MergeProto.toProto(merges));
    }
    return run.build();
  }

  private static void setTimes(Run.Builder run, @Nullable Instant start, @Nullable Instant finish) {
    if (start != null) {
      run.setStartTime(Times.toProto(start));
    }
    if (finish != null) {
      run.setFinishTime(Times.toProto(finish));
    }
  }

  private static TaskRun toProto(TaskView task) {
    TaskRun.Builder message =
        TaskRun.newBuilder()
            .setTask(task.id().value())
            .setState(StateProto.toProto(task.state()))
            .setReason(StateProto.reason(task.state()))
            .setAttemptsCharged(task.counters().attempts())
            .setInfraCharged(task.counters().infra())
            .setGatesCharged(task.counters().gates())
            .setYieldsCharged(task.counters().yields());
    Instant readyAt = task.readyAt();
    if (readyAt != null) {
      message.setReadyTime(Times.toProto(readyAt));
    }
    task.blockers().forEach(blocker -> message.addBlockers(toProto(blocker)));
    message.setLeftOut(task.state() instanceof TaskState.Skipped skipped && skipped.byPerson());
    if (task.state() instanceof TaskState.Verifying verifying) {
      message.addAllApprovals(verifying.approvals());
    }
    task.attempts().forEach(attempt -> message.addAttempts(toProto(attempt)));
    task.milestones()
        .forEach((milestone, at) ->
            message.addMilestones(
                ReachedMilestone.newBuilder()
                    .setMilestone(milestone.value())
                    .setReachTime(Times.toProto(at))));
    return message.build();
  }

  private static dev.makespan.proto.run.v1.Checkpoint toProto(Checkpoint checkpoint) {
    var message =
        dev.makespan.proto.run.v1.Checkpoint.newBuilder()
            .setPhase(checkpoint.phase().value())
            .setGate(checkpoint.gate())
            .setReached(checkpoint.isReached())
            .setBy(checkpoint.by())
            .setNote(checkpoint.note());
    Instant approvedAt = checkpoint.approvedAt();
    if (approvedAt != null) {
      message.setApproveTime(Times.toProto(approvedAt));
    }
    return message.build();
  }

  private static dev.makespan.proto.run.v1.Blocker toProto(Blocker blocker) {
    var message =
        dev.makespan.proto.run.v1.Blocker.newBuilder()
            .setId(blocker.id())
            .setText(blocker.text())
            .setFence(blocker.fence())
            .setKept(blocker.kept())
            .setRaiseTime(Times.toProto(blocker.raisedAt()));
    Blocker.Answer answer = blocker.answer();
    if (answer != null) {
      message
          .setAnswer(answer.text())
          .setAnsweredBy(answer.by())
          .setAnswerTime(Times.toProto(answer.at()));
    }
    return message.build();
  }

  private static dev.makespan.proto.run.v1.Attempt toProto(Attempt attempt) {
    var message =
        dev.makespan.proto.run.v1.Attempt.newBuilder()
            .setNumber(attempt.number())
            .setAgent(attempt.agent().value())
            .setFence(attempt.fence())
            .setLeaseTime(Times.toProto(attempt.leasedAt()))
            .setOutcome(StateProto.toProto(attempt.outcome()))
            .setMessage(attempt.message())
            .putAllMetrics(attempt.metrics())
            .setCheckpoint(attempt.checkpoint())
            .setCommit(attempt.delivery().commit())
            .putAllOutputs(attempt.delivery().outputs());
    if (!attempt.delivery().traces().equals(Traces.NONE)) {
      message.setTraces(AttemptTracesProto.toProto(attempt.delivery().traces()));
    }
    for (Attempt.Grant grant : attempt.granted()) {
      grant.files().forEach(file -> message.addGrantedFiles(FileAccessProto.toProto(file)));
    }
    Instant startedAt = attempt.startedAt();
    if (startedAt != null) {
      message.setStartTime(Times.toProto(startedAt));
    }
    Instant finishedAt = attempt.finishedAt();
    if (finishedAt != null) {
      message.setFinishTime(Times.toProto(finishedAt));
    }
    return message.build();
  }
}
