package dev.makespan.examples.upload;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.TaskRun;
import dev.makespan.proto.run.v1.TaskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An upload that came to nothing.
 *
 * @param tasks that failed
 */
record FailedUpload(long run, Path file, List<FailedTask> tasks) {

  FailedUpload {
    tasks = List.copyOf(tasks);
  }

  /**
   * A task without an attempt left.
   *
   * @param pausesMillis from the end of an attempt to the start of the next one
   */
  record FailedTask(String task, String message, int attempts, List<Long> pausesMillis) {
    FailedTask {
      pausesMillis = List.copyOf(pausesMillis);
    }
  }

  static FailedUpload of(Run run, Path file) {
    return new FailedUpload(
        run.getId(),
        file,
        run.getTasksList().stream()
            .filter(task -> task.getState() == TaskState.TASK_STATE_FAILED)
            .map(FailedUpload::failed)
            .toList());
  }

  private static FailedTask failed(TaskRun task) {
    List<Attempt> started = task.getAttemptsList().stream().filter(Attempt::hasStartTime).toList();
    List<Long> pauses = new ArrayList<>();
    for (int i = 1; i < started.size(); i++) {
      pauses.add(
          millis(started.get(i).getStartTime()) - millis(started.get(i - 1).getFinishTime()));
    }
    return new FailedTask(task.getTask(), task.getReason(), started.size(), pauses);
  }

  static long millis(Timestamp time) {
    return time.getSeconds() * 1_000 + time.getNanos() / 1_000_000;
  }
}
