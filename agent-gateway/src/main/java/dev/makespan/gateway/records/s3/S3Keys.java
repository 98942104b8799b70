package dev.makespan.gateway.records.s3;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;

/**
 * Names of objects: those of the folders of a file system. Runs and fences are numbers and tasks
 * lower-case names, so that no part of a key comes from outside.
 */
record S3Keys(String prefix) {

  String runs() {
    return prefix + "runs/";
  }

  String task(RunId run, TaskId task) {
    return runs() + run + "/" + task.value() + "/";
  }

  String attempt(TaskRef attempt) {
    return task(attempt.run(), attempt.task()) + attempt.fence() + "/";
  }

  String log(TaskRef attempt) {
    return attempt(attempt) + "log/";
  }

  String artifacts(TaskRef attempt) {
    return attempt(attempt) + "artifacts/";
  }

  /** What came by a link and is not yet anything. */
  String uploaded(TaskRef attempt, String ticket) {
    return attempt(attempt) + "uploads/" + ticket;
  }

  /** Tells at each start whether the store writes a key once. */
  String probe() {
    return prefix + "write-once-probe";
  }
}
