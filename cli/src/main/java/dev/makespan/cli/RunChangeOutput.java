package dev.makespan.cli;

import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.TaskRun;

/** What a command says after it has changed a run. */
final class RunChangeOutput {

  private RunChangeOutput() {}

  static String of(Run run, OutputOption output) {
    return output.isJson()
        ? Json.text(ReportJson.of(run))
        : "run %d is %s".formatted(run.getId(), States.name(run.getState()));
  }

  static String ofTask(Run run, String task, OutputOption output) {
    if (output.isJson()) {
      return of(run, output);
    }
    String state =
        run.getTasksList().stream()
            .filter(of -> of.getTask().equals(task))
            .map(TaskRun::getState)
            .map(States::name)
            .findFirst()
            .orElse("gone");
    return "task %s of run %d is %s".formatted(task, run.getId(), state);
  }
}
