package dev.makespan.formats.run;

import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunView;
import dev.makespan.core.run.RunView.TaskView;
import dev.makespan.core.task.Attempt;
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
            .setWeight(spec.weight());
    setTimes(run, view.startedAt(), view.finishedAt());
    view.tasks().forEach(task -> run.addTasks(toProto(task)));
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
    task.attempts().forEach(attempt -> message.addAttempts(toProto(attempt)));
    task.milestones()
        .forEach((milestone, at) ->
            message.addMilestones(
                ReachedMilestone.newBuilder()
                    .setMilestone(milestone.value())
                    .setReachTime(Times.toProto(at))));
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
            .putAllMetrics(attempt.metrics());
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
