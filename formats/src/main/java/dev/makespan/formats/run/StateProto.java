package dev.makespan.formats.run;

import dev.makespan.core.task.Attempt;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskState;

/** The states of runs, tasks and attempts as proto's enums. */
public final class StateProto {

  private StateProto() {}

  public static RunState toProto(dev.makespan.core.run.RunState state) {
    return switch (state) {
      case RUNNING -> RunState.RUN_STATE_RUNNING;
      case PAUSED -> RunState.RUN_STATE_PAUSED;
      case CANCELLING -> RunState.RUN_STATE_CANCELLING;
      case DONE -> RunState.RUN_STATE_DONE;
      case FAILED -> RunState.RUN_STATE_FAILED;
      case CANCELLED -> RunState.RUN_STATE_CANCELLED;
    };
  }

  /**
   * Where a run stands.
   *
   * @throws IllegalArgumentException for a state that is never sent, or that is newer than this
   *     code
   */
  public static dev.makespan.core.run.RunState fromProto(RunState state) {
    return switch (state) {
      case RUN_STATE_RUNNING -> dev.makespan.core.run.RunState.RUNNING;
      case RUN_STATE_PAUSED -> dev.makespan.core.run.RunState.PAUSED;
      case RUN_STATE_CANCELLING -> dev.makespan.core.run.RunState.CANCELLING;
      case RUN_STATE_DONE -> dev.makespan.core.run.RunState.DONE;
      case RUN_STATE_FAILED -> dev.makespan.core.run.RunState.FAILED;
      case RUN_STATE_CANCELLED -> dev.makespan.core.run.RunState.CANCELLED;
      case RUN_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("state: expected one of a run, was " + state);
    };
  }

  static TaskState toProto(dev.makespan.core.task.TaskState state) {
    return switch (state) {
      case dev.makespan.core.task.TaskState.Waiting _ -> TaskState.TASK_STATE_WAITING;
      case dev.makespan.core.task.TaskState.Ready _ -> TaskState.TASK_STATE_READY;
      case dev.makespan.core.task.TaskState.Leased _ -> TaskState.TASK_STATE_LEASED;
      case dev.makespan.core.task.TaskState.Running _ -> TaskState.TASK_STATE_RUNNING;
      case dev.makespan.core.task.TaskState.Verifying _ -> TaskState.TASK_STATE_VERIFYING;
      case dev.makespan.core.task.TaskState.Integrating _ -> TaskState.TASK_STATE_INTEGRATING;
      case dev.makespan.core.task.TaskState.Backoff _ -> TaskState.TASK_STATE_BACKOFF;
      case dev.makespan.core.task.TaskState.Held _ -> TaskState.TASK_STATE_HELD;
      case dev.makespan.core.task.TaskState.Cancelling _ -> TaskState.TASK_STATE_CANCELLING;
      case dev.makespan.core.task.TaskState.Done _ -> TaskState.TASK_STATE_DONE;
      case dev.makespan.core.task.TaskState.Failed _ -> TaskState.TASK_STATE_FAILED;
      case dev.makespan.core.task.TaskState.Cancelled _ -> TaskState.TASK_STATE_CANCELLED;
      case dev.makespan.core.task.TaskState.Skipped _ -> TaskState.TASK_STATE_SKIPPED;
    };
  }

  static String reason(dev.makespan.core.task.TaskState state) {
    return switch (state) {
      case dev.makespan.core.task.TaskState.Backoff s -> s.reason();
      case dev.makespan.core.task.TaskState.Held s -> s.reason();
      case dev.makespan.core.task.TaskState.Failed s -> s.reason();
      case dev.makespan.core.task.TaskState.Cancelled s -> s.reason();
      case dev.makespan.core.task.TaskState.Skipped s -> s.reason();
      case dev.makespan.core.task.TaskState.Waiting _,
          dev.makespan.core.task.TaskState.Ready _,
          dev.makespan.core.task.TaskState.Leased _,
          dev.makespan.core.task.TaskState.Running _,
          dev.makespan.core.task.TaskState.Verifying _,
          dev.makespan.core.task.TaskState.Integrating _,
          dev.makespan.core.task.TaskState.Cancelling _,
          dev.makespan.core.task.TaskState.Done _ ->
          "";
    };
  }

  static AttemptOutcome toProto(Attempt.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> AttemptOutcome.ATTEMPT_OUTCOME_UNSPECIFIED;
      case DONE -> AttemptOutcome.ATTEMPT_OUTCOME_DONE;
      case FAILED -> AttemptOutcome.ATTEMPT_OUTCOME_FAILED;
      case REJECTED -> AttemptOutcome.ATTEMPT_OUTCOME_REJECTED;
      case LOST -> AttemptOutcome.ATTEMPT_OUTCOME_LOST;
      case RETURNED -> AttemptOutcome.ATTEMPT_OUTCOME_RETURNED;
      case CANCELLED -> AttemptOutcome.ATTEMPT_OUTCOME_CANCELLED;
      case BLOCKED -> AttemptOutcome.ATTEMPT_OUTCOME_BLOCKED;
    };
  }
}
