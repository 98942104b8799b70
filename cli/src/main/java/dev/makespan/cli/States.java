package dev.makespan.cli;

import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskState;
import java.util.Locale;

/** The contract's states as people and programs read them: {@code TASK_STATE_DONE} is "done". */
final class States {

  private States() {}

  static String name(RunState state) {
    return plain(state.name(), "RUN_STATE_");
  }

  static String name(TaskState state) {
    return plain(state.name(), "TASK_STATE_");
  }

  static String name(AttemptOutcome outcome) {
    return outcome == AttemptOutcome.ATTEMPT_OUTCOME_UNSPECIFIED
        ? "running"
        : plain(outcome.name(), "ATTEMPT_OUTCOME_");
  }

  /** What a command that waited for a run exits with. */
  static int exitCode(RunState state) {
    return switch (state) {
      case RUN_STATE_DONE -> ExitCodes.DONE;
      case RUN_STATE_FAILED -> ExitCodes.RUN_FAILED;
      case RUN_STATE_CANCELLED, RUN_STATE_CANCELLING -> ExitCodes.CANCELLED;
      case RUN_STATE_RUNNING, RUN_STATE_PAUSED, RUN_STATE_UNSPECIFIED, UNRECOGNIZED ->
          ExitCodes.DONE;
    };
  }

  private static String plain(String name, String prefix) {
    return (name.startsWith(prefix) ? name.substring(prefix.length()) : name)
        .toLowerCase(Locale.ROOT);
  }
}
