package dev.makespan.bench.chaos;

import dev.makespan.bench.chaos.Happening.Attempt;
import dev.makespan.bench.chaos.Happening.Verdict;
import dev.makespan.proto.agent.v1.Outcome;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.agent.v1.TaskRef;
import org.jspecify.annotations.Nullable;

/** An accepted assignment, and its result once there is one. */
final class Holding {

  final TaskRef task;
  final long overNanos;
  long leaseEndNanos;
  @Nullable Result result;
  long saidNanos;
  long firstSaidNanos;

  Holding(TaskRef task, long overNanos, long leaseEndNanos) {
    this.task = task;
    this.overNanos = overNanos;
    this.leaseEndNanos = leaseEndNanos;
  }

  void finish(boolean failing) {
    result =
        Result.newBuilder()
            .setTask(task)
            .setResultId("r" + Long.toHexString(task.getFence()))
            .setOutcome(failing ? Outcome.OUTCOME_FAILED : Outcome.OUTCOME_OK)
            .build();
  }

  void said(long now) {
    saidNanos = now;
    if (firstSaidNanos == 0) {
      firstSaidNanos = now;
    }
  }

  static Verdict verdict(ResultVerdict verdict) {
    return switch (verdict) {
      case RESULT_VERDICT_COMMITTED -> Verdict.COMMITTED;
      case RESULT_VERDICT_DUPLICATE -> Verdict.DUPLICATE;
      case RESULT_VERDICT_SUPERSEDED -> Verdict.SUPERSEDED;
      case RESULT_VERDICT_INVALID, RESULT_VERDICT_UNSPECIFIED, UNRECOGNIZED -> Verdict.INVALID;
    };
  }

  static Attempt attempt(TaskRef task) {
    return new Attempt(task.getRunId(), task.getTask(), task.getFence());
  }
}
