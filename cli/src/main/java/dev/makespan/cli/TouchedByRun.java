package dev.makespan.cli;

import dev.makespan.core.learn.TouchedFiles;
import dev.makespan.core.plan.TaskId;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.AttemptOutcome;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.TaskRun;
import java.util.ArrayList;
import java.util.List;

/** What the attempts of a run changed, as the planner tells it. */
final class TouchedByRun {

  private TouchedByRun() {}

  static List<TouchedFiles> files(Run run) {
    List<TouchedFiles> touched = new ArrayList<>();
    for (TaskRun task : run.getTasksList()) {
      for (Attempt attempt : task.getAttemptsList()) {
        touched.add(
            new TouchedFiles(
                new TaskId(task.getTask()),
                attempt.getNumber(),
                attempt.getAgent(),
                attempt.getOutcome() == AttemptOutcome.ATTEMPT_OUTCOME_DONE,
                attempt.getTraces().getFilesList(),
                attempt.getTraces().getFilesLeftOut() == 0));
      }
    }
    return touched;
  }

  /** Whether any agent said anything. */
  static boolean isTold(Run run) {
    return files(run).stream().anyMatch(attempt -> !attempt.files().isEmpty());
  }
}
